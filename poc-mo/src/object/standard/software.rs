//! Updates of firmware and of software components.

use syncml::dm::mgmt_tree::Occurrence;

use super::{StandardObject, rows};

/// An update of the firmware (OMA-TS-DM-FUMO 1.0).
pub const FUMO: StandardObject = StandardObject {
    name: "FUMO",
    identifiers: &["urn:oma:mo:oma-fumo:1.0"],
    path: None,
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        C "PkgName" CHR ZeroOrOne GET;
        C "PkgVersion" CHR ZeroOrOne GET;
        C "Download" NODE ZeroOrOne EXEC_GET;
        C "Download/PkgURL" CHR One GET_REPLACE;
        C "Update" NODE ZeroOrOne EXEC_GET;
        C "Update/PkgData" BIN ZeroOrOne REPLACE;
        C "DownloadAndUpdate" NODE ZeroOrOne EXEC_GET;
        C "DownloadAndUpdate/PkgURL" CHR One GET_REPLACE;
        C "State" INT One GET;
        U "Ext" NODE ZeroOrOne GET;
    },
};

/// Software components (OMA-TS-DM-SCOMO 1.0).
pub const SCOMO: StandardObject = StandardObject {
    name: "SCOMO",
    identifiers: &["urn:oma:mo:oma-scomo:1.0", "urn:oma:mo:oma-scomo:1.1"],
    path: None,
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        U "Download" NODE ZeroOrOne GET;
        U "Download/*" NODE ZeroOrMore GET;
        U "Download/*/PkgID" CHR One GET_REPLACE;
        U "Download/*/Name" CHR ZeroOrOne GET_REPLACE;
        U "Download/*/PkgURL" CHR ZeroOrOne GET_REPLACE;
        U "Download/*/PkgType" CHR ZeroOrOne GET_REPLACE;
        U "Download/*/Status" INT|CHR ZeroOrOne GET;
        U "Download/*/Description" CHR ZeroOrOne GET_REPLACE;
        U "Download/*/InstallOpts" CHR ZeroOrOne GET_REPLACE;
        U "Download/*/Operations" NODE ZeroOrOne GET;
        U "Download/*/Operations/Download" NODE ZeroOrOne EXEC_GET;
        U "Download/*/Operations/DownloadInstall" NODE ZeroOrOne EXEC_GET;
        U "Download/*/Operations/DownloadInstallInactive" NODE ZeroOrOne EXEC_GET;
        U "Inventory" NODE ZeroOrOne GET;
        U "Inventory/Delivered" NODE ZeroOrOne GET;
        U "Inventory/Delivered/*" NODE ZeroOrMore GET;
        U "Inventory/Delivered/*/PkgID" CHR One GET;
        U "Inventory/Delivered/*/Name" CHR ZeroOrOne GET;
        U "Inventory/Delivered/*/PkgType" CHR ZeroOrOne GET;
        U "Inventory/Delivered/*/Data" BIN ZeroOrOne REPLACE;
        U "Inventory/Delivered/*/Descriptor" CHR ZeroOrOne GET;
        U "Inventory/Delivered/*/Description" CHR ZeroOrOne GET;
        U "Inventory/Delivered/*/Status" INT ZeroOrOne GET;
        U "Inventory/Delivered/*/State" INT ZeroOrOne GET;
        U "Inventory/Delivered/*/InstallOpts" CHR ZeroOrOne GET_REPLACE;
        U "Inventory/Delivered/*/Operations" NODE ZeroOrOne GET;
        U "Inventory/Delivered/*/Operations/Install" NODE ZeroOrOne EXEC_GET;
        U "Inventory/Delivered/*/Operations/InstallInactive" NODE ZeroOrOne EXEC_GET;
        U "Inventory/Delivered/*/Operations/Remove" NODE ZeroOrOne EXEC_GET;
        U "Inventory/Deployed" NODE ZeroOrOne GET;
        U "Inventory/Deployed/*" NODE ZeroOrMore GET;
        U "Inventory/Deployed/*/ID" CHR One GET;
        U "Inventory/Deployed/*/PkgIDRef" CHR ZeroOrOne GET;
        U "Inventory/Deployed/*/Name" CHR ZeroOrOne GET;
        U "Inventory/Deployed/*/Version" CHR ZeroOrOne GET;
        U "Inventory/Deployed/*/Description" CHR ZeroOrOne GET;
        U "Inventory/Deployed/*/Status" INT ZeroOrOne GET;
        U "Inventory/Deployed/*/State" INT ZeroOrOne GET;
        U "Inventory/Deployed/*/Operations" NODE ZeroOrOne GET;
        U "Inventory/Deployed/*/Operations/Activate" NODE ZeroOrOne EXEC_GET;
        U "Inventory/Deployed/*/Operations/Deactivate" NODE ZeroOrOne EXEC_GET;
        U "Inventory/Deployed/*/Operations/Remove" NODE ZeroOrOne EXEC_GET;
        U "Ext" NODE ZeroOrOne GET;
    },
};
