//! MetInf 1.0, 1.1 and 1.2: meta information, embedded in SyncML on code page 1 (OMA-TS-SyncML-MetaInfo).

use super::{TagPage, Vocabulary};

/// The XML namespace, the same in all versions.
pub const NAMESPACE: &str = "syncml:metinf";

/// The elements: one set of constants for all versions.
pub mod tag {
    use crate::token_rows;

    token_rows! {
        /// The elements of MetInf 1.0, code page 1.
        pub tags V1_0, page 1 {
            0x05 ANCHOR = "Anchor";
            0x06 EMI = "EMI";
            0x07 FORMAT = "Format";
            0x08 FREE_ID = "FreeID";
            0x09 FREE_MEM = "FreeMem";
            0x0A LAST = "Last";
            0x0B MARK = "Mark";
            0x0C MAX_MSG_SIZE = "MaxMsgSize";
            0x0D MEM = "Mem";
            0x0E MET_INF = "MetInf";
            0x0F NEXT = "Next";
            0x10 NEXT_NONCE = "NextNonce";
            0x11 SHARED_MEM = "SharedMem";
            0x12 SIZE = "Size";
            0x13 TYPE = "Type";
            0x14 VERSION = "Version";
        }
    }

    token_rows! {
        /// The elements that MetInf 1.1 adds.
        pub tags V1_1, page 1 {
            0x15 MAX_OBJ_SIZE = "MaxObjSize";
        }
    }

    token_rows! {
        /// The elements that MetInf 1.2 adds.
        pub tags V1_2, page 1 {
            0x16 FIELD_LEVEL = "FieldLevel";
        }
    }
}

/// MetInf 1.0 as a document of its own; it has no registered number.
pub static METINF_1_0: Vocabulary<'static> = Vocabulary {
    name: "MetInf 1.0",
    formal_public_id: "-//SYNCML//DTD MetInf 1.0//EN",
    system_id: "http://www.syncml.org/docs/syncml_metinf_v10_20001207.dtd",
    root: "MetInf",
    tag_pages: &[TagPage::empty(0), TagPage::checked(1, NAMESPACE, &[tag::V1_0])],
    ..Vocabulary::EMPTY
};

/// MetInf 1.1 as a document of its own; it has no registered number.
pub static METINF_1_1: Vocabulary<'static> = Vocabulary {
    name: "MetInf 1.1",
    formal_public_id: "-//SYNCML//DTD MetInf 1.1//EN",
    system_id: "http://www.syncml.org/docs/syncml_metinf_v11_20020215.dtd",
    root: "MetInf",
    tag_pages: &[TagPage::empty(0), TagPage::checked(1, NAMESPACE, &[tag::V1_0, tag::V1_1])],
    ..Vocabulary::EMPTY
};

/// MetInf 1.2 as a document of its own.
pub static METINF_1_2: Vocabulary<'static> = Vocabulary {
    name: "MetInf 1.2",
    public_id: 0x1202,
    formal_public_id: "-//SYNCML//DTD MetInf 1.2//EN",
    system_id: "http://www.openmobilealliance.org/tech/DTD/OMA-TS-SyncML_MetaInfo_DTD-V1_2.dtd",
    root: "MetInf",
    tag_pages: &[TagPage::empty(0), TagPage::checked(1, NAMESPACE, &[tag::V1_0, tag::V1_1, tag::V1_2])],
    ..Vocabulary::EMPTY
};
