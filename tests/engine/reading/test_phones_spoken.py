"""Numbers in words: every language of the house and its neighbours, compounds, repeats, words among digits."""

from __future__ import annotations

import pytest

from tests.engine.reading.numbers import ONE, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WA kosong delapan empat kosong satu dua tiga empat lima enam tujuh delapan", [ONE]),
        ("nol wolu papat nol siji loro telu papat lima nem pitu wolu, tak enteni lur", [ONE]),
        ("kulo saged dipun hubungi nol wolu sekawan nol setunggal kalih tiga sekawan gangsal enem pitu wolu", [ONE]),
        ("nol dalapan opat nol hiji dua tilu opat lima genep tujuh dalapan", [ONE]),
        ("nol kutus papat nol besik dua telu papat lima nem pitu kutus", [ONE]),
        ("nol baluq empat nol sekeq due telu empat lime enem pituq baluq", [ONE]),
        ("kosong salapan ampek kosong ciek duo tigo ampek limo anam tujuah salapan", [ONE]),
        ("nol ualu opat nol sada dua tolu opat lima onom pitu ualu", [ONE]),
        ("nol aruwa eppa nol seddi dua tellu eppa lima enneng pitu aruwa", [ONE]),
        ("kosong walu ampat kosong asa dua talu ampat lima anam pitu walu", [ONE]),
        ("nol lapan peuet nol sa dua lhee peuet limong nam tujoh lapan", [ONE]),
        ("nol delapan empat nol atu due tige empat lime enem tuju delapan", [ONE]),
        ("kosong lapan empat kosong satu dua tiga empat lima enam tujuh lapan", [ONE]),
        ("zero eight four zero one two three four five six seven eight", [ONE]),
        ("oh eight four oh one two three four five six seven eight", [ONE]),
        ("sifr tsamaniyah arba'ah sifr wahid itsnan tsalatsah arba'ah khamsah sittah sab'ah tsamaniyah", [ONE]),
        ("صفر ثمانية أربعة صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية", [ONE]),
        ("ling ba si ling yi er san si wu liu qi ba", [ONE]),
        ("零八四零一二三四五六七八", [ONE]),
        ("〇八四〇 一二三四 五六七八", [ONE]),
        ("khong peh si khong it ji sa si go lak chhit peh", [ONE]),
        ("ling baat sei ling yat yi saam sei ng luk chat baat", [ONE]),
        ("zero hachi yon zero ichi ni san yon go roku nana hachi", [ONE]),
        ("ゼロ はち よん ゼロ いち に さん よん ご ろく なな はち", [ONE]),
        ("gong pal sa gong il i sam sa o yuk chil pal", [ONE]),
        ("공팔사공일이삼사오육칠팔", [ONE]),
        ("공팔사공-일이삼사-오육칠팔", [ONE]),
        ("sero walo apat sero isa dalawa tatlo apat lima anim pito walo", [ONE]),
        ("soun prambei buon soun muoy pi bei buon pram prammuoy prampi prambei", [ONE]),
        ("soon paet see soon neung song saam see ha hok jet paet", [ONE]),
        ("khong tam bon khong mot hai ba bon nam sau bay tam", [ONE]),
        ("nol lapan empat nol / satu dua tiga empat / lima enam tujuh delapan", [ONE]),
        ("nol, delapan, empat, nol, satu, dua, tiga, empat, lima, enam, tujuh, delapan", [ONE]),
        ("nol-delapan-empat-nol-satu-dua-tiga-empat-lima-enam-tujuh-delapan", [ONE]),
        ("NOL DELAPAN EMPAT NOL SATU DUA TIGA EMPAT LIMA ENAM TUJUH DELAPAN", [ONE]),
        ("nool dlpn empt nol stu dua tga empt lma enm tjh dlpn", [ONE]),
        ("nol.delapan.empat.nol.satu.dua.tiga.empat.lima.enam.tujuh.delapan", [ONE]),
        ("nol🌸delapan🌸empat🌸nol🌸satu🌸dua🌸tiga🌸empat🌸lima🌸enam🌸tujuh🌸delapan", [ONE]),
        ("enam dua delapan empat nol satu dua tiga empat lima enam tujuh delapan", [ONE]),
        ("plus enam dua delapan empat nol satu dua tiga empat lima enam tujuh delapan", [ONE]),
        ("nol delapan empat nol, dua belas, tiga puluh empat, lima puluh enam, tujuh puluh delapan", [ONE]),
        ("nol delapan empat nol dua belas tiga puluh empat lima puluh enam tujuh puluh delapan", [ONE]),
        ("nol 840 satu dua tiga empat 5678", [ONE]),
        ("08empat0 12tiga4 567delapan", [ONE]),
        ("nol8empat0 1dua34 lima678", [ONE]),
        ("0840 seratus dua puluh tiga empat lima enam tujuh delapan", [ONE]),
        ("zero eight forty twelve thirty four fifty six seventy eight", [ONE]),
        ("nol delapan empat nol dobel satu dobel dua triple tiga lima", ["+6284011223335"]),
        ("0840 double 8 123 triple 5", ["+6284088123555"]),
        ("nol delapan empat nol, lima kali dua, tiga empat lima enam tujuh", ["+628405534567"]),
        ("08401234 8 nya 3x", ["+628401234888"]),
        ("delapannya dobel: nol dobel delapan 4012 3456 7", ["+6288401234567"]),
        (
            (
                "nol delapan empat nol satu dua tiga empat lima enam tujuh delapan atau "
                "nol delapan empat nol satu dua tiga empat lima enam tujuh tujuh"
            ),
            [ONE, "+6284012345677"],
        ),
        ("WA: nol delapan empat nol - 1234 - lima enam tujuh delapan", [ONE]),
        ("nol delapan empat nol strip satu dua tiga empat strip lima enam tujuh delapan", [ONE]),
        ("nol delapan empat nol spasi satu dua tiga empat spasi lima enam tujuh delapan", [ONE]),
        ("nol lapan empat nol terus satu dua tiga empat abis itu lima enam tujuh lapan", [ONE]),
        ("enam puluh dua delapan empat nol satu dua tiga empat lima enam tujuh delapan", [ONE]),
        ("sixty two eight four zero one two three four five six seven eight", [ONE]),
        ("O delapan empat O satu dua tiga empat lima enam tujuh delapan", [ONE]),
        ("nol 8 empat nol 1 dua 3 empat 5 enam 7 delapan", [ONE]),
        ("nol/delapan/empat/nol/satu/dua/tiga/empat/lima/enam/tujuh/delapan", [ONE]),
        ("nol\ndelapan\nempat\nnol\nsatu\ndua\ntiga\nempat\nlima\nenam\ntujuh\ndelapan", [ONE]),
        ("nol_delapan_empat_nol_satu_dua_tiga_empat_lima_enam_tujuh_delapan", [ONE]),
        ("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh", []),
        ("tiga dari empat orang, dua belas tahun, lima puluh ribu", []),
        ("ada dua anak, satu laki satu perempuan, umur tiga empat lima", []),
    ],
)
def test_numbers_in_words(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nol lapan nem tigo siji siji loro nol papat papat pitu siji", ["+6286311204471"]),
        ("nol delapan enam tiga satu-satu dua nol empat-empat tujuh satu", ["+6286311204471"]),
        ("nol delapan enam tiga, satu dobel, dua, nol, empat dobel, tujuh, satu", ["+6286311204471"]),
        ("nol delapan enam tiga, satu dua kali, dua, nol, empat dua kali, tujuh satu", ["+6286311204471"]),
        ("nol wolu nem telu, siji ping pindho, loro, nol, papat ping pindho, pitu, siji", ["+6286311204471"]),
        ("nol wolu nem telu siji ping loro loro nol papat ping loro pitu siji", ["+6286311204471"]),
        ("nol dalapan genep tilu, hiji dua kali, dua, nol, opat dua kali, tujuh hiji", ["+6286311204471"]),
        ("nol delapan enam tiga satunya dua biji, dua nol empatnya dua, tujuh satu", ["+6286311204471"]),
        ("nooll delappan ennam tigga sattu sattu duwwa noll empatt empatt tujjuh sattu", ["+6286311204471"]),
        ("nol-delapan-enam-tiga-satu-satu-dua-nol-empat-empat-tujuh-satu", ["+6286311204471"]),
        ("nol dlapan enm tga stu stu dua nol mpat mpat tjuh stu", ["+6286311204471"]),
        ("NolDelapanEnamTiga SatuSatuDuaNol EmpatEmpatTujuhSatu", ["+6286311204471"]),
        ("nldlpnnmtg stst dnl", []),
        ("nolnol delapan", []),
        ("0863 satu satu dua nol empat empat tujuh satu", ["+6286311204471"]),
        ("kosong lapan anam tiga esa esa dua kosong ampat ampat tujuah satu", ["+6286311204471"]),
        ("zero eight six three double one two zero double four seven one", ["+6286311204471"]),
        ("zero eight six three one twice two zero four twice seven one", ["+6286311204471"]),
        ("dua-dua orang, tiga-tiga juga boleh, lima-lima", []),
        ("satu dua kali saja, tiga kali lipat, empat kali seminggu, lima kali makan, enam tujuh kali", []),
        ("nola delapana enama tigah satua satuk duak nola", []),
    ],
)
def test_how_often_a_digit_stands(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("noool delapaaan enaaam tigaaa satuuu satuu duaaa noool empaaat empat tujuuuh satu", ["+6286311204471"]),
        ("n0l d3lap4n en4m t1ga s4tu s4tu du4 n0l emp4t empat tuju satu", ["+6286311204471"]),
        ("nl dlpn nm tg st st dua nl mpt mpt tjh st", ["+6286311204471"]),
        ("nol delapn enan tiga sattu satu dwa nool empatt ampat tuju satu", ["+6286311204471"]),
        ("kosooong lapan enaaam tigaaa satu satu dua kosooong empat empat tujuuh satu", ["+6286311204471"]),
        ("nool wooluu neem teluuu siji siji loro nool papat papat pitu siji", ["+6286311204471"]),
        ("enol dalapaaan geneeep tiluu hiji hiji dua enol opaaat opat tujuh hiji", ["+6286311204471"]),
        ("noool problem, delapaaan enak tiga kali", []),
        ("s3hat s3lalu, s4tu hati", []),
        ("kosong delapan kursi, enam tiga orang, satu", []),
        ("nol delapan enam tiga sepasang satu dua nol sepasang empat tujuh satu", ["+6286311204471"]),
        ("no1 de1apan en4m t19a satu satu dua no1 empat empat tujuh satu", ["+6286311204471"]),
        ("kosong lapan ampat kosong lime tuju tige semilan due lapan atu anem", ["+6284057392816"]),
    ],
)
def test_number_words_held_leet_or_without_vowels(text: str, expected: list[str]) -> None:
    assert values(text) == expected
