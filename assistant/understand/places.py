"""Cities and provinces by name, so that a place without documents is known to be one.

The 34 units since 01/7/2025 (Resolution 202/2025/QH15) and the names that they replaced, folded.
"""

from __future__ import annotations

PROVINCES: frozenset[str] = frozenset(
    {
        "ha noi", "hue", "lai chau", "dien bien", "son la", "lang son", "quang ninh", "thanh hoa", "nghe an",
        "ha tinh", "cao bang", "tuyen quang", "lao cai", "thai nguyen", "phu tho", "bac ninh", "hung yen",
        "hai phong", "ninh binh", "quang tri", "da nang", "quang ngai", "gia lai", "khanh hoa", "lam dong",
        "dak lak", "ho chi minh", "dong nai", "tay ninh", "can tho", "vinh long", "dong thap", "ca mau",
        "an giang", "ha giang", "yen bai", "bac kan", "vinh phuc", "hoa binh", "bac giang", "thai binh",
        "hai duong", "ha nam", "nam dinh", "quang binh", "quang nam", "kon tum", "binh dinh", "ninh thuan",
        "dak nong", "binh thuan", "phu yen", "ba ria vung tau", "binh duong", "binh phuoc", "long an",
        "soc trang", "hau giang", "ben tre", "tra vinh", "bac lieu", "tien giang", "kien giang", "sai gon",
    }
)  # fmt: skip

# What officers write for a city, where it stands for nothing else.
SHORT: dict[str, str] = {"hn": "ha noi", "hp": "hai phong", "tphcm": "ho chi minh", "hcm": "ho chi minh"}
