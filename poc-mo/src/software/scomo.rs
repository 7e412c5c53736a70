//! Software components (Software Component Management Object 1.0): the packages to be downloaded, those delivered, and
//! what has been deployed from them.
//!
//! The type of the alert is confirmed, and so are the object's identifiers. Nodes and states come from one
//! implementation each, and which state follows which is made from their meaning.

use super::model::{Leaf, LeafRow, Model, Operation, OperationRow, State, StateRow, Step, Transition};
use crate::profile::{Name, provisional};

/// `10` of a package to be downloaded: nothing is going on.
pub const IDLE: State = State::new(10);
/// `20` of a package to be downloaded: the download has failed.
pub const DOWNLOAD_FAILED: State = State::new(20);
/// `30` of a package to be downloaded: the download is going on.
pub const DOWNLOADING: State = State::new(30);
/// `40` of a package to be downloaded: it has been downloaded.
pub const DOWNLOAD_COMPLETE: State = State::new(40);
/// `50` of a package to be downloaded: the installation is going on.
pub const INSTALLING: State = State::new(50);
/// `60` of a package to be downloaded: the installation has failed, the package is there.
pub const INSTALL_FAILED_WITH_DATA: State = State::new(60);
/// `70` of a package to be downloaded: the installation has failed, the package is gone.
pub const INSTALL_FAILED_NO_DATA: State = State::new(70);

/// `10` of a delivered package: it is there.
pub const DELIVERED: State = State::new(10);
/// `20` of a delivered package: it is installed.
pub const INSTALLED: State = State::new(20);

/// `10` of a deployed component: the user does not have it.
pub const INACTIVE: State = State::new(10);
/// `20` of a deployed component: the user has it.
pub const ACTIVE: State = State::new(20);

const OBJECT_IDS: &[&str] = &["urn:oma:mo:oma-scomo:1.0", "urn:oma:mo:oma-scomo:1.1"];
const ALERT_TYPES: &[&str] = &["urn:oma:at:scomo:1.0:OperationComplete"];

const fn operation(operation: Operation, node: Name<'_>) -> OperationRow<'_> {
    OperationRow { operation, node, alert_types: ALERT_TYPES }
}

const fn leaf<'p>(leaf: Leaf, node: Name<'p>, format: &'p str) -> LeafRow<'p> {
    LeafRow { leaf, operation: None, node, format }
}

const fn state(state: State, text: &str) -> StateRow<'_> {
    StateRow { state, text, is_confirmed: false }
}

const fn transition(step: Step, from: &[State], to: State) -> Transition<'_> {
    Transition { step, from, to }
}

/// The states of a package to be downloaded in which nothing is going on.
const RESTING: &[State] = &[IDLE, DOWNLOAD_FAILED, DOWNLOAD_COMPLETE, INSTALL_FAILED_WITH_DATA, INSTALL_FAILED_NO_DATA];

/// A package to be downloaded.
pub static DOWNLOAD_MODEL: Model<'static> = Model {
    object_ids: OBJECT_IDS,
    place: "Download/*",
    operations: &[
        operation(Operation::Download, provisional("Operations/Download", &[])),
        operation(Operation::DownloadInstall, provisional("Operations/DownloadInstall", &[])),
        operation(Operation::DownloadInstallInactive, provisional("Operations/DownloadInstallInactive", &[])),
    ],
    leaves: &[
        leaf(Leaf::Id, provisional("PkgID", &[]), "chr"),
        leaf(Leaf::Name, provisional("Name", &[]), "chr"),
        leaf(Leaf::Url, provisional("PkgURL", &[]), "chr"),
        leaf(Leaf::Type, provisional("PkgType", &[]), "chr"),
        leaf(Leaf::State, provisional("Status", &[]), "int"),
        leaf(Leaf::Description, provisional("Description", &[]), "chr"),
        leaf(Leaf::InstallOptions, provisional("InstallOpts", &[]), "chr"),
    ],
    states: &[
        state(IDLE, "nothing is going on"),
        state(DOWNLOAD_FAILED, "the download has failed"),
        state(DOWNLOADING, "the download is going on"),
        state(DOWNLOAD_COMPLETE, "the package has been downloaded"),
        state(INSTALLING, "the installation is going on"),
        state(INSTALL_FAILED_WITH_DATA, "the installation has failed, the package is there"),
        state(INSTALL_FAILED_NO_DATA, "the installation has failed, the package is gone"),
    ],
    transitions: &[
        transition(Step::Start(Operation::Download), RESTING, DOWNLOADING),
        transition(Step::Succeed(Operation::Download), &[DOWNLOADING], DOWNLOAD_COMPLETE),
        transition(Step::Fail(Operation::Download), &[DOWNLOADING], DOWNLOAD_FAILED),
        transition(Step::Start(Operation::DownloadInstall), RESTING, DOWNLOADING),
        transition(Step::Proceed(Operation::DownloadInstall), &[DOWNLOADING], DOWNLOAD_COMPLETE),
        transition(Step::Proceed(Operation::DownloadInstall), &[DOWNLOADING, DOWNLOAD_COMPLETE], INSTALLING),
        transition(Step::Succeed(Operation::DownloadInstall), &[INSTALLING], IDLE),
        transition(Step::Fail(Operation::DownloadInstall), &[DOWNLOADING], DOWNLOAD_FAILED),
        transition(Step::Fail(Operation::DownloadInstall), &[DOWNLOAD_COMPLETE, INSTALLING], INSTALL_FAILED_WITH_DATA),
        transition(Step::Fail(Operation::DownloadInstall), &[DOWNLOAD_COMPLETE, INSTALLING], INSTALL_FAILED_NO_DATA),
        transition(Step::Start(Operation::DownloadInstallInactive), RESTING, DOWNLOADING),
        transition(Step::Proceed(Operation::DownloadInstallInactive), &[DOWNLOADING], DOWNLOAD_COMPLETE),
        transition(Step::Proceed(Operation::DownloadInstallInactive), &[DOWNLOADING, DOWNLOAD_COMPLETE], INSTALLING),
        transition(Step::Succeed(Operation::DownloadInstallInactive), &[INSTALLING], IDLE),
        transition(Step::Fail(Operation::DownloadInstallInactive), &[DOWNLOADING], DOWNLOAD_FAILED),
        transition(
            Step::Fail(Operation::DownloadInstallInactive),
            &[DOWNLOAD_COMPLETE, INSTALLING],
            INSTALL_FAILED_WITH_DATA,
        ),
        transition(
            Step::Fail(Operation::DownloadInstallInactive),
            &[DOWNLOAD_COMPLETE, INSTALLING],
            INSTALL_FAILED_NO_DATA,
        ),
        transition(Step::Reset, RESTING, IDLE),
    ],
};

/// A package that has been delivered.
pub static DELIVERED_MODEL: Model<'static> = Model {
    object_ids: OBJECT_IDS,
    place: "Inventory/Delivered/*",
    operations: &[
        operation(Operation::Install, provisional("Operations/Install", &[])),
        operation(Operation::InstallInactive, provisional("Operations/InstallInactive", &[])),
        operation(Operation::Remove, provisional("Operations/Remove", &[])),
    ],
    leaves: &[
        leaf(Leaf::Id, provisional("PkgID", &[]), "chr"),
        leaf(Leaf::Name, provisional("Name", &[]), "chr"),
        leaf(Leaf::Type, provisional("PkgType", &[]), "chr"),
        leaf(Leaf::Data, provisional("Data", &[]), "bin"),
        leaf(Leaf::Descriptor, provisional("Descriptor", &[]), "chr"),
        leaf(Leaf::Description, provisional("Description", &[]), "chr"),
        leaf(Leaf::Status, provisional("Status", &[]), "int"),
        leaf(Leaf::State, provisional("State", &[]), "int"),
        leaf(Leaf::InstallOptions, provisional("InstallOpts", &[]), "chr"),
    ],
    states: &[state(DELIVERED, "the package is there"), state(INSTALLED, "the package is installed")],
    transitions: &[
        transition(Step::Start(Operation::Install), &[DELIVERED], DELIVERED),
        transition(Step::Succeed(Operation::Install), &[DELIVERED], INSTALLED),
        transition(Step::Fail(Operation::Install), &[DELIVERED], DELIVERED),
        transition(Step::Start(Operation::InstallInactive), &[DELIVERED], DELIVERED),
        transition(Step::Succeed(Operation::InstallInactive), &[DELIVERED], INSTALLED),
        transition(Step::Fail(Operation::InstallInactive), &[DELIVERED], DELIVERED),
        transition(Step::Start(Operation::Remove), &[DELIVERED], DELIVERED),
        transition(Step::Start(Operation::Remove), &[INSTALLED], INSTALLED),
        transition(Step::Succeed(Operation::Remove), &[DELIVERED], DELIVERED),
        transition(Step::Succeed(Operation::Remove), &[INSTALLED], INSTALLED),
        transition(Step::Fail(Operation::Remove), &[DELIVERED], DELIVERED),
        transition(Step::Fail(Operation::Remove), &[INSTALLED], INSTALLED),
        transition(Step::Store, &[DELIVERED, INSTALLED], DELIVERED),
    ],
};

/// A component that has been deployed: of a phone, the PoC client for instance.
pub static DEPLOYED_MODEL: Model<'static> = Model {
    object_ids: OBJECT_IDS,
    place: "Inventory/Deployed/*",
    operations: &[
        operation(Operation::Activate, provisional("Operations/Activate", &[])),
        operation(Operation::Deactivate, provisional("Operations/Deactivate", &[])),
        operation(Operation::Remove, provisional("Operations/Remove", &[])),
    ],
    leaves: &[
        leaf(Leaf::Id, provisional("ID", &[]), "chr"),
        leaf(Leaf::PackageId, provisional("PkgIDRef", &[]), "chr"),
        leaf(Leaf::Name, provisional("Name", &[]), "chr"),
        leaf(Leaf::Version, provisional("Version", &[]), "chr"),
        leaf(Leaf::Description, provisional("Description", &[]), "chr"),
        leaf(Leaf::Status, provisional("Status", &[]), "int"),
        leaf(Leaf::State, provisional("State", &[]), "int"),
    ],
    states: &[state(INACTIVE, "the user does not have it"), state(ACTIVE, "the user has it")],
    transitions: &[
        transition(Step::Start(Operation::Activate), &[INACTIVE], INACTIVE),
        transition(Step::Succeed(Operation::Activate), &[INACTIVE], ACTIVE),
        transition(Step::Fail(Operation::Activate), &[INACTIVE], INACTIVE),
        transition(Step::Start(Operation::Deactivate), &[ACTIVE], ACTIVE),
        transition(Step::Succeed(Operation::Deactivate), &[ACTIVE], INACTIVE),
        transition(Step::Fail(Operation::Deactivate), &[ACTIVE], ACTIVE),
        transition(Step::Start(Operation::Remove), &[INACTIVE], INACTIVE),
        transition(Step::Start(Operation::Remove), &[ACTIVE], ACTIVE),
        transition(Step::Succeed(Operation::Remove), &[INACTIVE], INACTIVE),
        transition(Step::Succeed(Operation::Remove), &[ACTIVE], ACTIVE),
        transition(Step::Fail(Operation::Remove), &[INACTIVE], INACTIVE),
        transition(Step::Fail(Operation::Remove), &[ACTIVE], ACTIVE),
    ],
};
