"""What the columns of assignment tables usually say: the first idea of what a damaged column may hold.

A damaged table is read by learning from its own rows what each of its columns says; these phrases only set out the
direction. Sources: the plans that ship, Decree 30/2020 (kinds of documents); names of bodies come from agencies.yaml.
``#d`` stands for a date or year of figures ("02/2026"), ``#n`` for another number.
"""

from __future__ import annotations

ROLES = ("title", "product", "leader", "lead", "coordinate", "deadline")
PHRASES: dict[str, tuple[str, ...]] = {
    "leader": (
        "Phó Chủ tịch UBND phường phụ trách theo lĩnh vực", "Phó Chủ tịch UBND xã phụ trách lĩnh vực",
        "Chủ tịch UBND phường", "Chủ tịch UBND xã", "Chủ tịch UBND thành phố", "Phó Chủ tịch UBND thành phố",
        "Phó Chủ tịch", "Chủ tịch", "Đồng chí Phó Chủ tịch", "Đồng chí Chủ tịch", "Lãnh đạo UBND phụ trách",
        "Trưởng ban", "Giám đốc Sở", "Bí thư Đảng ủy", "Phó Chủ tịch UBND phường",
    ),
    "lead": (),
    "coordinate": (
        "Các phòng, ban, đơn vị liên quan", "Các sở, ban, ngành", "Các cơ quan, đơn vị liên quan",
        "Các đơn vị liên quan", "UBND các xã, phường, đặc khu", "Các phòng chuyên môn",
        "Các tổ chức chính trị - xã hội", "Các tổ dân phố", "Sở, ban, ngành, đơn vị sự nghiệp", "Các phòng, đơn vị",
    ),
    "product": (
        "Kế hoạch", "Báo cáo", "Quyết định", "Văn bản", "Công văn", "Danh mục", "Hội nghị", "Nghị quyết", "Tờ trình",
        "Đề án", "Quy chế", "Hướng dẫn", "Phương án", "Thông báo", "Chương trình", "Quy trình", "Lớp tập huấn",
        "Quyết định đính kèm", "Báo cáo kết quả", "Báo cáo kết quả thực hiện", "Văn bản triển khai",
        "Văn bản chỉ đạo", "Hồ sơ", "Cơ sở dữ liệu", "Biên bản", "Tài liệu", "Chuyên mục", "Tin bài",
        "Kế hoạch của UBND", "Hệ thống", "Phần mềm", "Danh sách", "Bộ tiêu chí",
    ),
    "deadline": (
        "Theo Kế hoạch của Thành phố (dự kiến tháng #d)", "Chậm nhất tháng #d", "Tháng #d", "Quý #d", "Quý IV #d",
        "Quý I năm #d", "Trước ngày #n tháng #n năm #d", "Thường xuyên", "Hàng năm", "Hằng năm", "Hàng quý",
        "Hàng tháng", "Định kỳ hàng quý", "Trong năm #d", "Năm #d", "Theo quy định", "Theo chỉ đạo của Thành phố",
        "Báo cáo kết quả thực hiện (lồng ghép trong kỳ Báo cáo)", "Ngay sau khi", "Từ tháng #d đến tháng #d",
        "Đến hết ngày #d", "Khi có yêu cầu", "Tháng #n #d", "Trước #d", "Hoàn thành trước ngày #d", "Trước ngày #d",
        "Theo lộ trình", "Chậm nhất quý #d", "Đột xuất", "Hàng tuần", "6 tháng", "#d - #d",
        "Định kỳ tháng cuối quý", "Thường xuyên, liên tục",
    ),
}  # fmt: skip

# Folded words by which a damaged header tells a column, in the order in which they are looked for.
HEADS: dict[str, tuple[str, ...]] = {
    "title": ("nhiem vu", "noi dung", "cong viec", "dau viec", "hoat dong"),
    "product": ("san pham", "ket qua", "dau ra"),
    "leader": ("lanh dao", "chi dao"),
    "coordinate": ("phoi hop",),
    "lead": ("chu tri", "don vi thuc hien", "co quan thuc hien", "dau moi"),
    "deadline": ("thoi gian", "thoi han", "tien do", "han hoan thanh", "hoan thanh"),
}
