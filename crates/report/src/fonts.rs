//! The letters that are compiled in: two small fonts, Noto Sans and Noto Sans Arabic (SIL Open Font
//! License, `fonts/OFL.txt`), for files that must carry their letters with them.

/// The regular and the bold font, and the same for Arabic.
pub(crate) const ALL: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
];
