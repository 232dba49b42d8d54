"""Make ``given_names.txt``: given names of people, from the US Census of 1990 (in the public domain) and by hand.

pip install names && python scripts/make_given_names.py
"""

from __future__ import annotations

from pathlib import Path

import names  # type: ignore[import-not-found]

TARGET = Path(__file__).parents[1] / "src/dragoman/lexicon/data/given_names.txt"
PLAIN = set(  # given names that are words, titles, surnames of office or polities: they say nothing by standing first
    "An In So See My Will Art Guy Mark May April June August Grant Young Long Prince King Judge Royal America China"
    " India Asia Kenya Israel Jordan Chad Georgia Paris London Holland Ireland England Britain Virginia Carolina"
    " Dakota Montana Tennessee Florida Sydney Vienna Florence Sofia Santiago Victoria Chin Man Many Much Love Faith"
    " Hope Joy Rich Bill Drew Rose Dawn Eve Gay Lane Dale Glen Cliff Forest Lake Sun Star Precious Fairy Major Early"
    " Noble Price Ports Bad Do Her Them Le La Lu Ha Ho Y E Le De Van Von Son Sunday Monday Wednesday Friday Christian"
    " Latin German French English Norman Roman Cuban Angel Pearl Honey Summer Autumn Winter Season Page Case Cash"
    " Chance Chase Dominion Merry Misty Stormy Rocky Sandy Cherry Berry Olive Ivory Coral Crystal Amber Ruby Jade"
    " Iris Lily Daisy Violet Holly Heather Fern Ginger Basil Sage Rosemary Melody Carol Harmony Trinity Destiny"
    " Charity Mercy Patience Prudence Constance Modesty Liberty Nation Santo Santa San Los Las El Al Bo Ok Pa Ma"
    " Sung Song Long Hung Lang Ling Ming Ping Sang Shin Yi Yong Zona Media Loan Season Sophia Salina Savannah Eden"
    " Cairo Catalina Cleveland Denver Houston Austin Dallas Orlando Lincoln Jackson Madison Kingston Lima Lyon Milan"
    " Asia Europa Genoa Geneva Odessa Valencia Lourdes Verona Boston Camden Clinton Columbus".split()
)
MORE = (  # given names that the census of that time has not
    "Abbas Abdallah Abdel Abdelaziz Abdelfattah Abdul Abdulaziz Abdullah Abdulrahman Adel Ahmad Ahmed Aisha Akbar Ali"
    " Amina Amir Anwar Ashraf Asif Aung Ayman Aziz Bashar Bashir Benazir Benjamin Boris Dmitry Dmitri Emmanuel Farid"
    " Faisal Fatima Fawzi Fumio Gamal Ghulam Giorgi Giorgia Gul Habib Hakan Hamad Hamid Hamza Hanan Hasan Hassan"
    " Hosni Hossein Hun Hussein Ibrahim Igor Imran Ismail Ivan Jamal Jawad Jens Karim Kassym Khaled Khalid Khalil"
    " Kofi Lakhdar Laurent Luiz Mahmoud Mahmud Malik Mansour Maryam Masoud Mevlut Mikhail Milorad Mohamed Mohammad"
    " Mohammed Mohsen Moshe Muammar Muhammad Muhammadu Murad Mustafa Nabil Narendra Nasser Nawaz Nicolas Nikol Nouri"
    " Nursultan Olaf Olena Omar Osama Pervez Rachid Rafael Rashid Recep Retno Reza Saad Saddam Saeed Said Saif Salah"
    " Salman Sami Samir Sergei Sergey Shah Shahbaz Shavkat Sheikh Sher Shinzo Sirajuddin Subrahmanyam Suleiman Tamim"
    " Tariq Tedros Thabo Umar Ursula Viktor Viktor Vladimir Volodymyr Wang Xi Yasser Yoshihide Youssef Yousef Yusuf"
    " Zabihullah Zalmay Zulfikar Ziad".split()
)


def main() -> None:
    """Write the list, one name a line."""
    folder = Path(names.__file__).parent
    found = set(MORE)
    for file in ("dist.male.first", "dist.female.first"):
        for line in (folder / file).read_text().splitlines():
            found.add(line.split()[0].capitalize())
    TARGET.write_text("\n".join(sorted(found - PLAIN)) + "\n", encoding="utf-8")
    print(len(found - PLAIN), "names")


if __name__ == "__main__":
    main()
