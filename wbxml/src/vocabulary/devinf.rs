//! DevInf 1.0, 1.1 and 1.2: what a device can do, handed over before data is synchronised (OMA-TS-DS-DevInf, DTD
//! appendix). In WBXML it is a document of its own, also in the data of a SyncML command.

use super::{TagPage, Vocabulary};

/// The XML namespace, the same in all versions.
pub const NAMESPACE: &str = "syncml:devinf";

/// The elements: one set of constants for all versions.
pub mod tag {
    use crate::token_rows;

    token_rows! {
        /// The elements that all versions have, code page 0.
        pub tags COMMON, page 0 {
            0x05 CT_CAP = "CTCap";
            0x06 CT_TYPE = "CTType";
            0x07 DATA_STORE = "DataStore";
            0x08 DATA_TYPE = "DataType";
            0x09 DEV_ID = "DevID";
            0x0A DEV_INF = "DevInf";
            0x0B DEV_TYP = "DevTyp";
            0x0C DISPLAY_NAME = "DisplayName";
            0x0D DS_MEM = "DSMem";
            0x0E EXT = "Ext";
            0x0F FW_V = "FwV";
            0x10 HW_V = "HwV";
            0x11 MAN = "Man";
            0x12 MAX_GUID_SIZE = "MaxGUIDSize";
            0x13 MAX_ID = "MaxID";
            0x14 MAX_MEM = "MaxMem";
            0x15 MOD = "Mod";
            0x16 OEM = "OEM";
            0x17 PARAM_NAME = "ParamName";
            0x18 PROP_NAME = "PropName";
            0x19 RX = "Rx";
            0x1A RX_PREF = "Rx-Pref";
            0x1B SHARED_MEM = "SharedMem";
            0x1D SOURCE_REF = "SourceRef";
            0x1E SW_V = "SwV";
            0x1F SYNC_CAP = "SyncCap";
            0x20 SYNC_TYPE = "SyncType";
            0x21 TX = "Tx";
            0x22 TX_PREF = "Tx-Pref";
            0x23 VAL_ENUM = "ValEnum";
            0x24 VER_CT = "VerCT";
            0x25 VER_DTD = "VerDTD";
            0x26 XNAM = "XNam";
            0x27 XVAL = "XVal";
        }
    }

    token_rows! {
        /// What `MaxSize` is called in DevInf 1.0 and 1.1.
        pub tags SIZE_ROWS, page 0 {
            0x1C SIZE = "Size";
        }
    }

    token_rows! {
        /// The elements that DevInf 1.1 adds.
        pub tags V1_1, page 0 {
            0x28 UTC = "UTC";
            0x29 SUPPORT_NUMBER_OF_CHANGES = "SupportNumberOfChanges";
            0x2A SUPPORT_LARGE_OBJS = "SupportLargeObjs";
        }
    }

    token_rows! {
        /// The elements that DevInf 1.2 adds, and its name of `Size`.
        pub tags V1_2, page 0 {
            0x1C MAX_SIZE = "MaxSize";
            0x2B PROPERTY = "Property";
            0x2C PROP_PARAM = "PropParam";
            0x2D MAX_OCCUR = "MaxOccur";
            0x2E NO_TRUNCATE = "NoTruncate";
            0x30 FILTER_RX = "Filter-Rx";
            0x31 FILTER_CAP = "FilterCap";
            0x32 FILTER_KEYWORD = "FilterKeyword";
            0x33 FIELD_LEVEL = "FieldLevel";
            0x34 SUPPORT_HIERARCHICAL_SYNC = "SupportHierarchicalSync";
        }
    }
}

/// DevInf 1.0.
pub static DEVINF_1_0: Vocabulary<'static> = Vocabulary {
    name: "DevInf 1.0",
    public_id: 0x0FD2,
    formal_public_id: "-//SYNCML//DTD DevInf 1.0//EN",
    system_id: "http://www.syncml.org/docs/syncml_devinf_v10_20001207.dtd",
    root: "DevInf",
    tag_pages: &[TagPage::checked(0, NAMESPACE, &[tag::COMMON, tag::SIZE_ROWS])],
    ..Vocabulary::EMPTY
};

/// DevInf 1.1.
pub static DEVINF_1_1: Vocabulary<'static> = Vocabulary {
    name: "DevInf 1.1",
    public_id: 0x0FD4,
    formal_public_id: "-//SYNCML//DTD DevInf 1.1//EN",
    system_id: "http://www.syncml.org/docs/devinf_v11_20020215.dtd",
    root: "DevInf",
    tag_pages: &[TagPage::checked(0, NAMESPACE, &[tag::COMMON, tag::SIZE_ROWS, tag::V1_1])],
    ..Vocabulary::EMPTY
};

/// DevInf 1.2.
pub static DEVINF_1_2: Vocabulary<'static> = Vocabulary {
    name: "DevInf 1.2",
    public_id: 0x1203,
    formal_public_id: "-//SYNCML//DTD DevInf 1.2//EN",
    system_id: "http://www.openmobilealliance.org/tech/DTD/OMA-SyncML-Device_Information-DTD-1.2.dtd",
    root: "DevInf",
    tag_pages: &[TagPage::checked(0, NAMESPACE, &[tag::COMMON, tag::V1_1, tag::V1_2])],
    ..Vocabulary::EMPTY
};

/// The three versions, newest first.
pub static ALL: [&Vocabulary<'static>; 3] = [&DEVINF_1_2, &DEVINF_1_1, &DEVINF_1_0];
