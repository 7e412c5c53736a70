//! The names of charsets, and what decodes them: one row each.

#[cfg(feature = "encoding")]
use encoding_rs::Encoding;

use super::Charset;

struct Row {
    charset: Charset,
    /// The name that the IANA registry prefers for MIME.
    name: &'static str,
    /// Other names in the registry, and spellings that are common besides.
    aliases: &'static [&'static str],
    /// What decodes it, where that is not done here.
    #[cfg(feature = "encoding")]
    encoding: Option<&'static Encoding>,
}

macro_rules! rows {
    ($($mib_enum:literal $name:literal [$($alias:literal)*] $($encoding:ident)?;)*) => {
        /// In the order of the MIBenum.
        static ROWS: &[Row] = &[$(Row {
            charset: Charset::new($mib_enum),
            name: $name,
            aliases: &[$($alias),*],
            #[cfg(feature = "encoding")]
            encoding: rows!(@ $($encoding)?),
        }),*];
    };
    (@ $encoding:ident) => { Some(&encoding_rs::$encoding) };
    (@) => { None };
}

rows! {
    3 "US-ASCII" ["ASCII" "ANSI_X3.4-1968" "ISO646-US" "iso-ir-6" "us" "IBM367" "cp367" "csASCII"];
    4 "ISO-8859-1" ["ISO_8859-1" "ISO_8859-1:1987" "ISO8859-1" "iso-ir-100" "latin1" "l1" "IBM819" "CP819" "csISOLatin1"];
    5 "ISO-8859-2" ["ISO_8859-2" "ISO_8859-2:1987" "ISO8859-2" "iso-ir-101" "latin2" "l2" "csISOLatin2"] ISO_8859_2_INIT;
    6 "ISO-8859-3" ["ISO_8859-3" "ISO_8859-3:1988" "ISO8859-3" "iso-ir-109" "latin3" "l3" "csISOLatin3"] ISO_8859_3_INIT;
    7 "ISO-8859-4" ["ISO_8859-4" "ISO_8859-4:1988" "ISO8859-4" "iso-ir-110" "latin4" "l4" "csISOLatin4"] ISO_8859_4_INIT;
    8 "ISO-8859-5" ["ISO_8859-5" "ISO_8859-5:1988" "ISO8859-5" "iso-ir-144" "cyrillic" "csISOLatinCyrillic"] ISO_8859_5_INIT;
    9 "ISO-8859-6" ["ISO_8859-6" "ISO_8859-6:1987" "ISO8859-6" "iso-ir-127" "ECMA-114" "ASMO-708" "arabic" "csISOLatinArabic"] ISO_8859_6_INIT;
    10 "ISO-8859-7" ["ISO_8859-7" "ISO_8859-7:1987" "ISO8859-7" "iso-ir-126" "ELOT_928" "ECMA-118" "greek" "greek8" "csISOLatinGreek"] ISO_8859_7_INIT;
    11 "ISO-8859-8" ["ISO_8859-8" "ISO_8859-8:1988" "ISO8859-8" "iso-ir-138" "hebrew" "csISOLatinHebrew"] ISO_8859_8_INIT;
    12 "ISO-8859-9" ["ISO_8859-9" "ISO_8859-9:1989" "ISO8859-9" "iso-ir-148" "latin5" "l5" "csISOLatin5"] WINDOWS_1254_INIT;
    13 "ISO-8859-10" ["ISO_8859-10:1992" "ISO8859-10" "iso-ir-157" "latin6" "l6" "csISOLatin6"] ISO_8859_10_INIT;
    17 "Shift_JIS" ["MS_Kanji" "Shift-JIS" "SJIS" "x-sjis" "csShiftJIS"] SHIFT_JIS_INIT;
    18 "EUC-JP" ["Extended_UNIX_Code_Packed_Format_for_Japanese" "EUCJP" "x-euc-jp" "csEUCPkdFmtJapanese"] EUC_JP_INIT;
    36 "KS_C_5601-1987" ["KS_C_5601-1989" "KSC_5601" "iso-ir-149" "korean" "csKSC56011987"] EUC_KR_INIT;
    38 "EUC-KR" ["EUCKR" "csEUCKR"] EUC_KR_INIT;
    39 "ISO-2022-JP" ["csISO2022JP"] ISO_2022_JP_INIT;
    81 "ISO-8859-6-E" ["ISO_8859-6-E" "csISO88596E"] ISO_8859_6_INIT;
    82 "ISO-8859-6-I" ["ISO_8859-6-I" "csISO88596I"] ISO_8859_6_INIT;
    84 "ISO-8859-8-E" ["ISO_8859-8-E" "csISO88598E"] ISO_8859_8_INIT;
    85 "ISO-8859-8-I" ["ISO_8859-8-I" "csISO88598I"] ISO_8859_8_I_INIT;
    106 "UTF-8" ["UTF8" "unicode-1-1-utf-8" "csUTF8"];
    109 "ISO-8859-13" ["ISO8859-13" "csISO885913"] ISO_8859_13_INIT;
    110 "ISO-8859-14" ["ISO_8859-14" "ISO_8859-14:1998" "ISO8859-14" "iso-ir-199" "iso-celtic" "latin8" "l8" "csISO885914"] ISO_8859_14_INIT;
    111 "ISO-8859-15" ["ISO_8859-15" "ISO8859-15" "Latin-9" "csISO885915"] ISO_8859_15_INIT;
    112 "ISO-8859-16" ["ISO_8859-16" "ISO_8859-16:2001" "ISO8859-16" "iso-ir-226" "latin10" "l10" "csISO885916"] ISO_8859_16_INIT;
    113 "GBK" ["CP936" "MS936" "windows-936" "csGBK"] GBK_INIT;
    114 "GB18030" ["csGB18030"] GB18030_INIT;
    1000 "ISO-10646-UCS-2" ["UCS-2" "UCS2" "csUnicode"];
    1001 "ISO-10646-UCS-4" ["UCS-4" "UCS4" "csUCS4"];
    1013 "UTF-16BE" ["UTF16BE" "csUTF16BE"];
    1014 "UTF-16LE" ["UTF16LE" "csUTF16LE"];
    1015 "UTF-16" ["UTF16" "csUTF16"];
    1017 "UTF-32" ["UTF32" "csUTF32"];
    1018 "UTF-32BE" ["UTF32BE" "csUTF32BE"];
    1019 "UTF-32LE" ["UTF32LE" "csUTF32LE"];
    2024 "Windows-31J" ["MS932" "CP932" "csWindows31J"] SHIFT_JIS_INIT;
    2025 "GB2312" ["EUC-CN" "EUCCN" "csGB2312"] GBK_INIT;
    2026 "Big5" ["Big-5" "BigFive" "csBig5"] BIG5_INIT;
    2027 "macintosh" ["mac" "x-mac-roman" "csMacintosh"] MACINTOSH_INIT;
    2084 "KOI8-R" ["KOI8R" "KOI8" "csKOI8R"] KOI8_R_INIT;
    2086 "IBM866" ["cp866" "866" "csIBM866"] IBM866_INIT;
    2088 "KOI8-U" ["KOI8U" "csKOI8U"] KOI8_U_INIT;
    2101 "Big5-HKSCS" ["csBig5HKSCS"] BIG5_INIT;
    2109 "windows-874" ["CP874" "cswindows874"] WINDOWS_874_INIT;
    2250 "windows-1250" ["CP1250" "cswindows1250"] WINDOWS_1250_INIT;
    2251 "windows-1251" ["CP1251" "cswindows1251"] WINDOWS_1251_INIT;
    2252 "windows-1252" ["CP1252" "cswindows1252"] WINDOWS_1252_INIT;
    2253 "windows-1253" ["CP1253" "cswindows1253"] WINDOWS_1253_INIT;
    2254 "windows-1254" ["CP1254" "cswindows1254"] WINDOWS_1254_INIT;
    2255 "windows-1255" ["CP1255" "cswindows1255"] WINDOWS_1255_INIT;
    2256 "windows-1256" ["CP1256" "cswindows1256"] WINDOWS_1256_INIT;
    2257 "windows-1257" ["CP1257" "cswindows1257"] WINDOWS_1257_INIT;
    2258 "windows-1258" ["CP1258" "cswindows1258"] WINDOWS_1258_INIT;
    2259 "TIS-620" ["TIS620" "ISO-8859-11" "csTIS620"] WINDOWS_874_INIT;
}

/// Charsets with code units of one octet whose octets below 0x80 are not the characters of ASCII, by ranges of MIBenum.
const NOT_ASCII: &[(u16, u16)] = &[
    (19, 35),     // fixed width, and national variants of ISO 646
    (41, 75),     // national variants, seven-bit Greek, Cyrillic and kana, T.61
    (78, 80),     // Canadian variants
    (86, 93),     // national variants
    (95, 103),    // supplementary sets, national variants, UTF-7
    (115, 117),   // EBCDIC
    (1002, 1012), // subsets of UCS-2, SCSU, UTF-7
    (1020, 1021), // BOCU-1, UTF-7 of IMAP
    (2015, 2023), // symbols and mathematics
    (2028, 2044), // EBCDIC
    (2055, 2081), // EBCDIC, and characters written as digraphs
    (2083, 2083), // VIQR
    (2085, 2085), // HZ
    (2090, 2100), // EBCDIC
    (2102, 2102), // EBCDIC
    (2105, 2105), // KOI7
];

pub(super) fn find(name: &str) -> Option<Charset> {
    let is_named = |row: &&Row| {
        row.name.eq_ignore_ascii_case(name) || row.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    };
    ROWS.iter().find(is_named).map(|row| row.charset)
}

pub(super) fn name(charset: Charset) -> Option<&'static str> {
    row(charset).map(|row| row.name)
}

/// What decodes the charset, where that is not done here.
#[cfg(feature = "encoding")]
pub(super) fn encoding(charset: Charset) -> Option<&'static Encoding> {
    row(charset)?.encoding
}

fn row(charset: Charset) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.charset == charset)
}

/// Whether octets below 0x80 are ASCII in this charset, as far as anybody knows.
pub(super) const fn has_ascii(charset: Charset) -> bool {
    let mut rows = NOT_ASCII;
    while let [(first, last), rest @ ..] = rows {
        if *first <= charset.0 && charset.0 <= *last {
            return false;
        }
        rows = rest;
    }
    charset.unit() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_no_name_stands_twice() {
        assert!(ROWS.is_sorted_by(|row, next| row.charset < next.charset));
        for row in ROWS {
            for name in row.aliases.iter().chain([&row.name]) {
                assert_eq!(find(name), Some(row.charset), "{name}");
                assert_eq!(find(&name.to_ascii_uppercase()), Some(row.charset), "{name}");
                assert_eq!(find(&name.to_ascii_lowercase()), Some(row.charset), "{name}");
            }
        }
        assert!(NOT_ASCII.is_sorted_by(|(_, last), (first, _)| last < first));
    }

    #[test]
    fn every_named_charset_of_one_octet_units_is_ascii_below_0x80() {
        for row in ROWS {
            assert_eq!(has_ascii(row.charset), row.charset.unit() == 1, "{}", row.name);
        }
        assert!(!has_ascii(Charset::new(2028)) && !has_ascii(Charset::new(1012)) && has_ascii(Charset::new(9999)));
    }
}
