"""Encodings: the right text whatever was declared, or a finding that says what is not certain; never in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.domain import BadInput
from dragoman.intake.source import Source
from dragoman.intake.trace import Trace
from dragoman.text import prepare

RUSSIAN = (
    "Посол прибыл в Кабул в понедельник, сообщило министерство иностранных дел. Переговоры продолжатся во вторник, "
    "заявил представитель министерства."
)
ENGLISH = "The minister said “we won’t recognise them” – at least not yet – in São Paulo’s café, and the envoy agreed."
FRENCH = (
    "Le ministre a déclaré que l’État n’avait pas été reconnu après la réunion de Genève, où étaient les délégués."
)
ARABIC = "التقى وزير الخارجية القائم بالأعمال يوم الاثنين بالسفير الصيني في كابل"
WRITTEN = {  # the same in many languages, and the encodings that it is found in
    ENGLISH: "cp1252 mac-roman",
    "“We won’t recognise them” – at least not yet –, the minister said, and it isn’t his to decide.": "cp1252 cp1251 "
    "cp1256 mac-roman gb18030 big5",
    FRENCH: "cp1252 mac-roman",
    FRENCH.replace("’", "'"): "iso8859-15 cp850",
    "Der Außenminister sagte am Montag, dass über die Anerkennung der Behörden noch nicht entschieden worden sei. "
    "„Wir prüfen das“, erklärte er in Köln vor den Gästen.": "cp1252 mac-roman cp1250",
    "Minister spraw zagranicznych powiedział w poniedziałek, że Polska nie uzna nowych władz w Kabulu. Później dodał, "
    "że rozmowy będą kontynuowane we wtorek wśród przedstawicieli państw.": "cp1250 iso8859-2 cp852",
    RUSSIAN: "koi8-r cp1251 iso8859-5 cp866 mac-cyrillic",
    "Посол прибув до Києва в понеділок, повідомило міністерство закордонних справ. Переговори триватимуть у вівторок, "
    "заявив представник міністерства, який їх очолює.": "koi8-u cp1251 iso8859-5",
    "Ο υπουργός Εξωτερικών δήλωσε τη Δευτέρα ότι η Ελλάδα δεν θα αναγνωρίσει τη νέα κυβέρνηση στην Καμπούλ. Οι "
    "συνομιλίες θα συνεχιστούν την Τρίτη.": "cp1253 iso8859-7",
    "Dışişleri Bakanı pazartesi günü yaptığı açıklamada, Türkiye’nin Kabil’deki yeni yönetimi tanımayacağını söyledi. "
    "Görüşmelerin salı günü süreceğini de ekledi.": "cp1254",
    ARABIC: "cp1256 iso8859-6",
    "שר החוץ נפגש ביום שני עם השגריר הסיני בקאבול, ודובר המשרד אמר כי השיחות יימשכו ביום שלישי.": "cp1255 iso8859-8",
    "外交部长星期一在喀布尔会见了中国大使。发言人说,会谈将于星期二继续举行,双方讨论了承认问题。": "gb18030",
    "外交部長星期一在喀布爾會見了中國大使。發言人說,會談將於星期二繼續舉行,雙方討論了承認問題。": "big5",
    "外務大臣は月曜日にカブールで中国の大使と会談した。報道官によると、協議は火曜日も続く。": "cp932 euc_jp",
    "大使は火曜日にカブールへ到着した。": "iso2022_jp",
    "외교부 장관은 월요일 카불에서 중국 대사를 만났다. 대변인은 회담이 화요일에도 계속될 것이라고 밝혔다.": "euc_kr",
}
UNICODE = "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be"
DECLARED = """
utf-8 us-ascii windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-874
iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-15 koi8-r koi8-u ibm866
macintosh gb2312 gbk gb18030 big5 shift_jis x-sjis euc-jp iso-2022-jp euc-kr utf-16 utf-16le utf-16be utf-32 nonsense
"""


@pytest.mark.parametrize(
    ("text", "written", "declared", "certain"),
    [
        (RUSSIAN, "koi8-r", "koi8-r", True),
        (RUSSIAN, "koi8-r", "utf-8", False),
        (RUSSIAN, "koi8-r", None, False),
        (RUSSIAN, "koi8-r", "windows-1251", False),
        (RUSSIAN, "koi8-r", "windows-1252", False),
        (RUSSIAN, "koi8-r", "iso-8859-1", False),
        (RUSSIAN, "cp1251", "windows-1251", True),
        (RUSSIAN, "cp1251", "koi8-r", False),
        (RUSSIAN, "cp1251", "windows-1252", False),
        (RUSSIAN, "utf-16-le", "utf-16le", True),
        (RUSSIAN, "utf-16", None, True),
        (ARABIC, "cp1256", "windows-1252", False),
        (ENGLISH, "cp1252", "windows-1252", True),
        (ENGLISH, "cp1252", "iso-8859-1", True),
        (ENGLISH, "cp1252", "utf-8", False),
        (ENGLISH, "cp1252", "koi8-r", False),
        (ENGLISH, "utf-8", "windows-1252", True),
        (ENGLISH, "utf-16", "utf-8", True),
        (ENGLISH, "utf-16-be", None, False),
        (FRENCH, "cp1252", "windows-1252", True),
        (FRENCH, "cp1252", "koi8-r", False),
        (FRENCH, "utf-8", "koi8-r", True),
    ],
)
def test_the_right_text_and_a_finding_where_it_had_to_be_told(
    text: str, written: str, declared: str | None, certain: bool
) -> None:
    prepared = prepare(text.encode(written), declared=declared)
    assert prepared.text == text
    assert [one.kind for one in prepared.findings if one.kind in ("encoding", "mojibake")] == (
        [] if certain else ["encoding"]
    )


@pytest.mark.parametrize(
    ("text", "written"), [(text, one) for text, all_of in WRITTEN.items() for one in f"{all_of} {UNICODE}".split()]
)
def test_whatever_is_declared_the_text_is_right_or_the_doubt_is_said(text: str, written: str) -> None:
    data = text.encode(written)
    for declared in (None, written, *DECLARED.split()):
        prepared = prepare(data, declared=declared)
        said = [one.kind for one in prepared.findings if one.kind in ("encoding", "mojibake")]
        assert prepared.text == text or said, (declared, prepared.encoding, prepared.text[:60])
        if declared and _is(data, declared, text):
            assert not said, (declared, prepared.findings)


def _is(data: bytes, declared: str, text: str) -> bool:
    try:
        return data.decode(declared) == text
    except (LookupError, UnicodeDecodeError):
        return False


def test_text_whose_characters_have_no_bytes_of_their_own_is_traced_as_one() -> None:
    source = Source("大使は火曜日にカブールへ到着した。".encode("iso2022_jp"), "text")
    text = prepare(source.data).text
    assert Trace(source, text).holds(3, 6) and not Trace(source, text.replace("火", "水")).holds(3, 6)


@given(
    st.sampled_from([RUSSIAN, ENGLISH, FRENCH]),
    st.sampled_from(["koi8-r", "cp1251", "cp1252", "utf-8", "utf-16", "utf-16-le"]),
    st.sampled_from(["koi8-r", "windows-1251", "windows-1252", "iso-8859-1", "utf-8", None]),
)
def test_what_is_not_the_right_text_says_so(text: str, written: str, declared: str | None) -> None:
    try:
        data = text.encode(written)
    except UnicodeEncodeError:
        return
    try:
        prepared = prepare(data, declared=declared)
    except BadInput:
        return
    assert prepared.text == text or any(one.kind in ("encoding", "mojibake") for one in prepared.findings)
