//! Firmware (Firmware Update Management Object 1.0).
//!
//! Nodes, states, their numbers and the types of alerts are confirmed by the specification's text. Which state follows
//! which is a drawing there that was not at hand: [`MODEL`]'s transitions are made from what the text says of each
//! state and of each operation.

use super::model::{Leaf, LeafRow, Model, Operation, OperationRow, State, StateRow, Step, Transition};
use crate::profile::{Name, confirmed};

/// `10`: nothing is going on.
pub const IDLE: State = State::new(10);
/// `20`: the download has failed.
pub const DOWNLOAD_FAILED: State = State::new(20);
/// `30`: the download is going on.
pub const DOWNLOAD_PROGRESSING: State = State::new(30);
/// `40`: the package has been downloaded.
pub const DOWNLOAD_COMPLETE: State = State::new(40);
/// `50`: the package is there and waits for the update.
pub const READY_TO_UPDATE: State = State::new(50);
/// `60`: the update is going on.
pub const UPDATE_PROGRESSING: State = State::new(60);
/// `70`: the update has failed, the package is there.
pub const UPDATE_FAILED_WITH_DATA: State = State::new(70);
/// `80`: the update has failed, the package is gone.
pub const UPDATE_FAILED_NO_DATA: State = State::new(80);
/// `90`: the update has succeeded, the package is there.
pub const UPDATE_SUCCESSFUL_WITH_DATA: State = State::new(90);
/// `100`: the update has succeeded, the package is gone.
pub const UPDATE_SUCCESSFUL_NO_DATA: State = State::new(100);

const fn operation<'p>(operation: Operation, node: &'p str, alert_types: &'p [&'p str]) -> OperationRow<'p> {
    OperationRow { operation, node: confirmed(node, &[]), alert_types }
}

const fn leaf<'p>(leaf: Leaf, operation: Option<Operation>, node: Name<'p>, format: &'p str) -> LeafRow<'p> {
    LeafRow { leaf, operation, node, format }
}

const fn state(state: State, text: &str) -> StateRow<'_> {
    StateRow { state, text, is_confirmed: true }
}

const fn transition(step: Step, from: &[State], to: State) -> Transition<'_> {
    Transition { step, from, to }
}

const DOWNLOAD_ALERT: &str = "org.openmobilealliance.dm.firmwareupdate.download";
const UPDATE_ALERT: &str = "org.openmobilealliance.dm.firmwareupdate.update";
const DOWNLOAD_AND_UPDATE_ALERT: &str = "org.openmobilealliance.dm.firmwareupdate.downloadandupdate";

/// The states in which nothing is going on: a package may come.
const RESTING: &[State] = &[
    IDLE,
    DOWNLOAD_FAILED,
    DOWNLOAD_COMPLETE,
    READY_TO_UPDATE,
    UPDATE_FAILED_WITH_DATA,
    UPDATE_FAILED_NO_DATA,
    UPDATE_SUCCESSFUL_WITH_DATA,
    UPDATE_SUCCESSFUL_NO_DATA,
];

/// Those of them in which there is a package.
const WITH_DATA: &[State] = &[DOWNLOAD_COMPLETE, READY_TO_UPDATE, UPDATE_FAILED_WITH_DATA, UPDATE_SUCCESSFUL_WITH_DATA];

/// The firmware of a device.
///
/// Read it as tables: operation, node, types of alerts; value, node, format; state, meaning; step, from, to.
pub static MODEL: Model<'static> = Model {
    object_ids: &["urn:oma:mo:oma-fumo:1.0"],
    place: "",
    operations: &[
        operation(Operation::Download, "Download", &[DOWNLOAD_ALERT]),
        operation(Operation::Update, "Update", &[UPDATE_ALERT]),
        // a download that fails may be told as what it is
        operation(
            Operation::DownloadAndUpdate,
            "DownloadAndUpdate",
            &[DOWNLOAD_AND_UPDATE_ALERT, DOWNLOAD_ALERT, UPDATE_ALERT],
        ),
    ],
    leaves: &[
        leaf(Leaf::Name, None, confirmed("PkgName", &[]), "chr"),
        leaf(Leaf::Version, None, confirmed("PkgVersion", &[]), "chr"),
        leaf(Leaf::Url, Some(Operation::Download), confirmed("Download/PkgURL", &[]), "chr"),
        leaf(Leaf::Url, Some(Operation::DownloadAndUpdate), confirmed("DownloadAndUpdate/PkgURL", &[]), "chr"),
        leaf(Leaf::Data, Some(Operation::Update), confirmed("Update/PkgData", &[]), "bin"),
        leaf(Leaf::State, None, confirmed("State", &[]), "int"),
    ],
    states: &[
        state(IDLE, "nothing is going on"),
        state(DOWNLOAD_FAILED, "the download has failed"),
        state(DOWNLOAD_PROGRESSING, "the download is going on"),
        state(DOWNLOAD_COMPLETE, "the package has been downloaded"),
        state(READY_TO_UPDATE, "the package is there and waits for the update"),
        state(UPDATE_PROGRESSING, "the update is going on"),
        state(UPDATE_FAILED_WITH_DATA, "the update has failed, the package is there"),
        state(UPDATE_FAILED_NO_DATA, "the update has failed, the package is gone"),
        state(UPDATE_SUCCESSFUL_WITH_DATA, "the update has succeeded, the package is there"),
        state(UPDATE_SUCCESSFUL_NO_DATA, "the update has succeeded, the package is gone"),
    ],
    transitions: &[
        transition(Step::Start(Operation::Download), RESTING, DOWNLOAD_PROGRESSING),
        transition(Step::Succeed(Operation::Download), &[DOWNLOAD_PROGRESSING], DOWNLOAD_COMPLETE),
        transition(Step::Succeed(Operation::Download), &[DOWNLOAD_PROGRESSING], READY_TO_UPDATE),
        transition(Step::Fail(Operation::Download), &[DOWNLOAD_PROGRESSING], DOWNLOAD_FAILED),
        transition(Step::Start(Operation::Update), WITH_DATA, UPDATE_PROGRESSING),
        transition(Step::Succeed(Operation::Update), &[UPDATE_PROGRESSING], UPDATE_SUCCESSFUL_WITH_DATA),
        transition(Step::Succeed(Operation::Update), &[UPDATE_PROGRESSING], UPDATE_SUCCESSFUL_NO_DATA),
        transition(Step::Fail(Operation::Update), &[UPDATE_PROGRESSING], UPDATE_FAILED_WITH_DATA),
        transition(Step::Fail(Operation::Update), &[UPDATE_PROGRESSING], UPDATE_FAILED_NO_DATA),
        transition(Step::Start(Operation::DownloadAndUpdate), RESTING, DOWNLOAD_PROGRESSING),
        transition(Step::Proceed(Operation::DownloadAndUpdate), &[DOWNLOAD_PROGRESSING], DOWNLOAD_COMPLETE),
        transition(
            Step::Proceed(Operation::DownloadAndUpdate),
            &[DOWNLOAD_PROGRESSING, DOWNLOAD_COMPLETE],
            READY_TO_UPDATE,
        ),
        transition(
            Step::Proceed(Operation::DownloadAndUpdate),
            &[DOWNLOAD_PROGRESSING, DOWNLOAD_COMPLETE, READY_TO_UPDATE],
            UPDATE_PROGRESSING,
        ),
        transition(Step::Succeed(Operation::DownloadAndUpdate), &[UPDATE_PROGRESSING], UPDATE_SUCCESSFUL_WITH_DATA),
        transition(Step::Succeed(Operation::DownloadAndUpdate), &[UPDATE_PROGRESSING], UPDATE_SUCCESSFUL_NO_DATA),
        transition(Step::Fail(Operation::DownloadAndUpdate), &[DOWNLOAD_PROGRESSING], DOWNLOAD_FAILED),
        transition(
            Step::Fail(Operation::DownloadAndUpdate),
            &[DOWNLOAD_COMPLETE, READY_TO_UPDATE, UPDATE_PROGRESSING],
            UPDATE_FAILED_WITH_DATA,
        ),
        transition(
            Step::Fail(Operation::DownloadAndUpdate),
            &[DOWNLOAD_COMPLETE, READY_TO_UPDATE, UPDATE_PROGRESSING],
            UPDATE_FAILED_NO_DATA,
        ),
        transition(Step::Store, RESTING, READY_TO_UPDATE),
        transition(Step::Reset, RESTING, IDLE),
    ],
};
