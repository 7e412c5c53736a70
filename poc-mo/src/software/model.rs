//! What a management object for software has and does, as rows.

use core::fmt;

use crate::profile::Name;

/// What a server can have done to software.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Fetch the package from its address.
    Download,
    /// Put the package that is there into effect.
    Update,
    /// Both.
    DownloadAndUpdate,
    /// Fetch the package, install it and activate what is in it.
    DownloadInstall,
    /// Fetch the package and install it.
    DownloadInstallInactive,
    /// Install the package that is there, and activate what is in it.
    Install,
    /// Install the package that is there.
    InstallInactive,
    /// Let the user have the component.
    Activate,
    /// Keep the component from the user.
    Deactivate,
    /// Remove the package or the component: whoever has carried that out drops the [`Machine`](super::Machine).
    Remove,
}

/// A value that a management object for software has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Leaf {
    /// What the package or the component is known by.
    Id,
    /// The package that the component came in.
    PackageId,
    /// The name, as the user sees it.
    Name,
    /// The version.
    Version,
    /// The media type of the package.
    Type,
    /// Where the package is fetched.
    Url,
    /// The package itself, in octets.
    Data,
    /// What describes the package to the device.
    Descriptor,
    /// What the user may read about it.
    Description,
    /// How the device is to install it.
    InstallOptions,
    /// Where it stands: a [`State`].
    State,
    /// How the last operation went.
    Status,
}

/// Where software stands: a number of its management object, which has names for them, see [`Model::states`].
///
/// ```
/// use poc_mo::software::{State, fumo};
///
/// assert_eq!(State::new(50), fumo::READY_TO_UPDATE);
/// assert_eq!(fumo::MODEL.state_text(State::new(50)), Some("the package is there and waits for the update"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State(u16);

impl State {
    /// The state of this number, known or not.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for State {
    /// Writes the digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What makes software go from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Step {
    /// An `Exec` is accepted, and the operation begins.
    Start(Operation),
    /// The operation goes on.
    Proceed(Operation),
    /// The operation ends well.
    Succeed(Operation),
    /// The operation fails.
    Fail(Operation),
    /// The server has handed over the package itself, see [`Leaf::Data`].
    Store,
    /// The device puts away what was there.
    Reset,
}

/// Where an operation stands in the object, and how its end is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write models as literals")]
pub struct OperationRow<'p> {
    /// The operation.
    pub operation: Operation,
    /// The node that takes `Exec`: its path below the component's.
    pub node: Name<'p>,
    /// The types of the generic alert at its end: the first one is written, all are read.
    pub alert_types: &'p [&'p str],
}

/// Where a value stands in the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write models as literals")]
pub struct LeafRow<'p> {
    /// The value.
    pub leaf: Leaf,
    /// The operation that it is for, where each has one of its own.
    pub operation: Option<Operation>,
    /// The node: its path below the component's.
    pub node: Name<'p>,
    /// The format: `chr`, `int`, `bin`.
    pub format: &'p str,
}

/// What a state means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write models as literals")]
pub struct StateRow<'p> {
    /// The state.
    pub state: State,
    /// What it means, in a line.
    pub text: &'p str,
    /// Whether number and meaning have been seen in a primary text or in several independent implementations.
    pub is_confirmed: bool,
}

/// A way from states to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write models as literals")]
pub struct Transition<'p> {
    /// What makes it go.
    pub step: Step,
    /// From any of these.
    pub from: &'p [State],
    /// To this.
    pub to: State,
}

/// What a management object for software has and does: its names are in it and nowhere else, so that a corrected table
/// corrects everything.
///
/// There is one for firmware, [`fumo::MODEL`](super::fumo::MODEL), and one for each of the three places of software
/// components in [`scomo`](super::scomo).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write models as literals")]
pub struct Model<'p> {
    /// The management object identifiers of the object's node.
    pub object_ids: &'p [&'p str],
    /// Where the components stand below the object's node, `*` being the component's name; empty, where the object is
    /// the component.
    pub place: &'p str,
    /// The operations.
    pub operations: &'p [OperationRow<'p>],
    /// The values.
    pub leaves: &'p [LeafRow<'p>],
    /// The states; the first one is that of a new component.
    pub states: &'p [StateRow<'p>],
    /// What goes from which state to which.
    pub transitions: &'p [Transition<'p>],
}

impl<'p> Model<'p> {
    /// The row of an operation; `None`, if the object does not have it.
    #[must_use]
    pub fn operation(&self, operation: Operation) -> Option<&'p OperationRow<'p>> {
        self.operations.iter().find(|row| row.operation == operation)
    }

    /// The row of a value, the one for this operation where each has its own; `None`, if the object does not have it.
    #[must_use]
    pub fn leaf(&self, leaf: Leaf, operation: Operation) -> Option<&'p LeafRow<'p>> {
        self.leaves.iter().find(|row| row.leaf == leaf && row.operation.is_none_or(|of| of == operation))
    }

    /// What a state means, in a line; `None`, if the object does not have it.
    #[must_use]
    pub fn state_text(&self, state: State) -> Option<&'p str> {
        self.states.iter().find(|row| row.state == state).map(|row| row.text)
    }

    /// Where a step may lead from a state: nowhere, if it is not allowed there.
    ///
    /// ```
    /// use poc_mo::software::{Operation, Step, fumo};
    ///
    /// let step = Step::Succeed(Operation::Update);
    /// let ends = fumo::MODEL.next(fumo::UPDATE_PROGRESSING, step);
    /// assert!(ends.eq([fumo::UPDATE_SUCCESSFUL_WITH_DATA, fumo::UPDATE_SUCCESSFUL_NO_DATA]));
    /// assert_eq!(fumo::MODEL.next(fumo::IDLE, Step::Start(Operation::Update)).count(), 0);
    /// ```
    pub fn next(&self, from: State, step: Step) -> impl Iterator<Item = State> + use<'p> {
        let transitions = self.transitions.iter();
        transitions.filter(move |row| row.step == step && row.from.contains(&from)).map(|row| row.to)
    }
}
