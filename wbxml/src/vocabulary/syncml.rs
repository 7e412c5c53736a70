//! SyncML 1.0, 1.1 and 1.2: the representation protocol of data synchronisation and device management
//! (OMA-TS-SyncML-RepPro, DTD appendix). Code page 1 is [MetInf](super::metinf), code page 2 the
//! [device description framework](super::dmddf), used from 1.2 on.

use super::{TagPage, Vocabulary, dmddf, metinf};

/// The elements: one set of constants for all versions.
pub mod tag {
    use crate::token_rows;

    token_rows! {
        /// The elements of SyncML 1.0, code page 0.
        pub tags V1_0, page 0 {
            0x05 ADD = "Add";
            0x06 ALERT = "Alert";
            0x07 ARCHIVE = "Archive";
            0x08 ATOMIC = "Atomic";
            0x09 CHAL = "Chal";
            0x0A CMD = "Cmd";
            0x0B CMD_ID = "CmdID";
            0x0C CMD_REF = "CmdRef";
            0x0D COPY = "Copy";
            0x0E CRED = "Cred";
            0x0F DATA = "Data";
            0x10 DELETE = "Delete";
            0x11 EXEC = "Exec";
            0x12 FINAL = "Final";
            0x13 GET = "Get";
            0x14 ITEM = "Item";
            0x15 LANG = "Lang";
            0x16 LOC_NAME = "LocName";
            0x17 LOC_URI = "LocURI";
            0x18 MAP = "Map";
            0x19 MAP_ITEM = "MapItem";
            0x1A META = "Meta";
            0x1B MSG_ID = "MsgID";
            0x1C MSG_REF = "MsgRef";
            0x1D NO_RESP = "NoResp";
            0x1E NO_RESULTS = "NoResults";
            0x1F PUT = "Put";
            0x20 REPLACE = "Replace";
            0x21 RESP_URI = "RespURI";
            0x22 RESULTS = "Results";
            0x23 SEARCH = "Search";
            0x24 SEQUENCE = "Sequence";
            0x25 SESSION_ID = "SessionID";
            0x26 SFT_DEL = "SftDel";
            0x27 SOURCE = "Source";
            0x28 SOURCE_REF = "SourceRef";
            0x29 STATUS = "Status";
            0x2A SYNC = "Sync";
            0x2B SYNC_BODY = "SyncBody";
            0x2C SYNC_HDR = "SyncHdr";
            0x2D SYNC_ML = "SyncML";
            0x2E TARGET = "Target";
            0x2F TARGET_REF = "TargetRef";
            0x31 VER_DTD = "VerDTD";
            0x32 VER_PROTO = "VerProto";
        }
    }

    token_rows! {
        /// The elements that SyncML 1.1 adds.
        pub tags V1_1, page 0 {
            0x33 NUMBER_OF_CHANGES = "NumberOfChanges";
            0x34 MORE_DATA = "MoreData";
        }
    }

    token_rows! {
        /// The elements that SyncML 1.2 adds.
        pub tags V1_2, page 0 {
            0x35 FIELD = "Field";
            0x36 FILTER = "Filter";
            0x37 RECORD = "Record";
            0x38 FILTER_TYPE = "FilterType";
            0x3A TARGET_PARENT = "TargetParent";
            0x3B MOVE = "Move";
            0x3C CORRELATOR = "Correlator";
            0x39 SOURCE_PARENT = "SourceParent";
        }
    }
}

/// SyncML 1.0.
pub static SYNCML_1_0: Vocabulary<'static> = Vocabulary {
    name: "SyncML 1.0",
    public_id: 0x0FD1,
    formal_public_id: "-//SYNCML//DTD SyncML 1.0//EN",
    system_id: "http://www.syncml.org/docs/syncml_represent_v10_20001207.dtd",
    root: "SyncML",
    tag_pages: &[
        TagPage::checked(0, "SYNCML:SYNCML1.0", &[tag::V1_0]),
        TagPage::checked(1, metinf::NAMESPACE, &[metinf::tag::V1_0]),
    ],
    attribute_pages: &[],
    typed_texts: &[(tag::DATA, metinf::tag::TYPE)],
};

/// SyncML 1.1, also of OMA Device Management 1.1.2.
pub static SYNCML_1_1: Vocabulary<'static> = Vocabulary {
    name: "SyncML 1.1",
    public_id: 0x0FD3,
    formal_public_id: "-//SYNCML//DTD SyncML 1.1//EN",
    system_id: "http://www.syncml.org/docs/syncml_represent_v11_20020213.dtd",
    root: "SyncML",
    tag_pages: &[
        TagPage::checked(0, "SYNCML:SYNCML1.1", &[tag::V1_0, tag::V1_1]),
        TagPage::checked(1, metinf::NAMESPACE, &[metinf::tag::V1_0, metinf::tag::V1_1]),
    ],
    attribute_pages: &[],
    typed_texts: &[(tag::DATA, metinf::tag::TYPE)],
};

/// SyncML 1.2, also of OMA Device Management 1.2 and 1.3.
pub static SYNCML_1_2: Vocabulary<'static> = Vocabulary {
    name: "SyncML 1.2",
    public_id: 0x1201,
    formal_public_id: "-//SYNCML//DTD SyncML 1.2//EN",
    system_id: "http://www.openmobilealliance.org/tech/DTD/OMA-TS-SyncML_RepPro_DTD-V1_2.dtd",
    root: "SyncML",
    tag_pages: &[
        TagPage::checked(0, "SYNCML:SYNCML1.2", &[tag::V1_0, tag::V1_1, tag::V1_2]),
        TagPage::checked(1, metinf::NAMESPACE, &[metinf::tag::V1_0, metinf::tag::V1_1, metinf::tag::V1_2]),
        TagPage::checked(2, dmddf::NAMESPACE, &[dmddf::tag::V1_2]),
    ],
    attribute_pages: &[],
    typed_texts: &[(tag::DATA, metinf::tag::TYPE)],
};

/// The three versions, newest first: what a reader of SyncML messages is given.
pub static ALL: [&Vocabulary<'static>; 3] = [&SYNCML_1_2, &SYNCML_1_1, &SYNCML_1_0];
