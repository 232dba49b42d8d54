"""Attribution: who says it, by which cue, and what exactly is said.

After PARC 3.0 and PolNeAR (Newell et al. 2018): an attribution is a source, a cue and a content.
"""

from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.find import find_attributions

__all__ = ["Attributed", "find_attributions"]
