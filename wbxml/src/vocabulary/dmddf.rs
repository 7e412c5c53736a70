//! DM DDF and TND 1.2: the device description framework and the serialised management tree, a document of its own
//! or embedded in SyncML 1.2, on code page 2 either way (OMA-TS-DM-TNDS, DTD appendix).

use super::{TagPage, Vocabulary};

/// The XML namespace.
pub const NAMESPACE: &str = "syncml:dmddf1.2";

/// The elements. Those that only name a format bear `FORMAT_` in front.
pub mod tag {
    use crate::token_rows;

    token_rows! {
        /// The elements of the device description framework and of tree and description serialisation 1.2, code page 2.
        pub tags V1_2, page 2 {
            0x05 ACCESS_TYPE = "AccessType";
            0x06 ACL = "ACL";
            0x07 ADD = "Add";
            0x08 FORMAT_B64 = "b64";
            0x09 FORMAT_BIN = "bin";
            0x0A FORMAT_BOOL = "bool";
            0x0B FORMAT_CHR = "chr";
            0x0C CASE_SENSE = "CaseSense";
            0x0D CIS = "CIS";
            0x0E COPY = "Copy";
            0x0F CS = "CS";
            0x10 FORMAT_DATE = "date";
            0x11 DDF_NAME = "DDFName";
            0x12 DEFAULT_VALUE = "DefaultValue";
            0x13 DELETE = "Delete";
            0x14 DESCRIPTION = "Description";
            0x15 DF_FORMAT = "DFFormat";
            0x16 DF_PROPERTIES = "DFProperties";
            0x17 DF_TITLE = "DFTitle";
            0x18 DF_TYPE = "DFType";
            0x19 DYNAMIC = "Dynamic";
            0x1A EXEC = "Exec";
            0x1B FORMAT_FLOAT = "float";
            0x1C FORMAT = "Format";
            0x1D GET = "Get";
            0x1E FORMAT_INT = "int";
            0x1F MAN = "Man";
            0x20 MGMT_TREE = "MgmtTree";
            0x21 MIME = "MIME";
            0x22 MOD = "Mod";
            0x23 NAME = "Name";
            0x24 NODE = "Node";
            0x25 FORMAT_NODE = "node";
            0x26 NODE_NAME = "NodeName";
            0x27 FORMAT_NULL = "null";
            0x28 OCCURRENCE = "Occurrence";
            0x29 ONE = "One";
            0x2A ONE_OR_MORE = "OneOrMore";
            0x2B ONE_OR_N = "OneOrN";
            0x2C PATH = "Path";
            0x2D PERMANENT = "Permanent";
            0x2E REPLACE = "Replace";
            0x2F RT_PROPERTIES = "RTProperties";
            0x30 SCOPE = "Scope";
            0x31 SIZE = "Size";
            0x32 FORMAT_TIME = "time";
            0x33 TITLE = "Title";
            0x34 T_STAMP = "TStamp";
            0x35 TYPE = "Type";
            0x36 VALUE = "Value";
            0x37 VER_DTD = "VerDTD";
            0x38 VER_NO = "VerNo";
            0x39 FORMAT_XML = "xml";
            0x3A ZERO_OR_MORE = "ZeroOrMore";
            0x3B ZERO_OR_N = "ZeroOrN";
            0x3C ZERO_OR_ONE = "ZeroOrOne";
        }
    }
}

/// DM DDF 1.2 as a document of its own; it has no registered number.
pub static DM_DDF_1_2: Vocabulary<'static> = Vocabulary {
    name: "DM DDF 1.2",
    formal_public_id: "-//OMA//DTD-DM-DDF 1.2//EN",
    system_id: "http://www.openmobilealliance.org/tech/DTD/dm_ddf-v1_2.dtd",
    root: "MgmtTree",
    tag_pages: &[TagPage::empty(0), TagPage::empty(1), TagPage::checked(2, NAMESPACE, &[tag::V1_2])],
    ..Vocabulary::EMPTY
};
