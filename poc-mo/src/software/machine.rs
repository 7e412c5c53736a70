//! The device's side: what is going on with software.

use alloc::string::String;

use syncml::{Request, StatusCode};

use super::component::{Component, Meaning};
use super::error::SoftwareError;
use super::model::{Operation, State, Step};
use super::report::Report;
use super::result_code::ResultCode;
use crate::room::Room;

/// What is going on with software on a device: it takes the server's `Exec`, goes from state to state as its
/// [`Model`](super::Model) allows, and tells the end.
///
/// Whoever carries the operations out asks it before, and tells it what has become of them. Nothing is done here, and
/// nothing is kept but the state and the operation that is going on: both go through a restart of the device by
/// [`resume`](Self::resume).
///
/// ```
/// use poc_mo::software::{Component, Machine, Operation, ResultCode, fumo};
/// use syncml::{Item, Location, Request, StatusCode};
/// use wbxml::Text;
///
/// let mut machine = Machine::new(Component::new(&fumo::MODEL, "./FwUpdate/Radio")?);
///
/// let mut item = Item::default();
/// item.target = Some(Location::new("./FwUpdate/Radio/DownloadAndUpdate"));
/// let mut exec = Request::of_item("3", item);
/// exec.correlator = Some(Text::new("c17"));
/// assert_eq!(machine.exec(&exec), StatusCode::ACCEPTED_FOR_PROCESSING);
/// assert_eq!(machine.exec(&exec), StatusCode::FORBIDDEN); // while it is going on
///
/// machine.proceed(fumo::READY_TO_UPDATE)?;
/// machine.proceed(fumo::UPDATE_PROGRESSING)?;
/// // the device starts anew
/// let (state, running) = (machine.state(), machine.running().cloned());
/// let mut machine = Machine::resume(machine.component().clone(), state, running)?;
///
/// let report = machine.finish(fumo::UPDATE_SUCCESSFUL_NO_DATA, ResultCode::SUCCESSFUL)?;
/// assert_eq!(report.alert_type, "org.openmobilealliance.dm.firmwareupdate.downloadandupdate");
/// assert_eq!(report.correlator.as_deref(), Some("c17"));
/// assert_eq!(machine.state(), fumo::UPDATE_SUCCESSFUL_NO_DATA);
/// # Ok::<(), poc_mo::software::SoftwareError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine<'p> {
    component: Component<'p>,
    state: State,
    running: Option<Running>,
}

/// An operation that is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal, when the device has started anew")]
pub struct Running {
    /// Which.
    pub operation: Operation,
    /// What the `Exec` said as its correlator: it comes back in the report.
    pub correlator: Option<String>,
}

impl<'p> Machine<'p> {
    /// New software, in the first state of its model.
    #[must_use]
    pub fn new(component: Component<'p>) -> Self {
        let state = component.model().states.first().map_or(State::new(0), |row| row.state);
        Self { component, state, running: None }
    }

    /// Software that is in this state, with the operation that was going on when the device stopped.
    ///
    /// # Errors
    /// [`SoftwareError::State`], if the model does not have the state; [`SoftwareError::Operation`], if it does not have
    /// the operation; [`SoftwareError::NotAllowed`], if the operation cannot end from this state.
    pub fn resume(component: Component<'p>, state: State, running: Option<Running>) -> Result<Self, SoftwareError> {
        let model = component.model();
        model.state_text(state).ok_or(SoftwareError::State(state))?;
        if let Some(Running { operation, .. }) = running {
            model.operation(operation).ok_or(SoftwareError::Operation(operation))?;
            let mut steps = [Step::Proceed(operation), Step::Succeed(operation), Step::Fail(operation)].into_iter();
            if !steps.any(|step| model.next(state, step).next().is_some()) {
                return Err(SoftwareError::NotAllowed(state));
            }
        }
        Ok(Self { component, state, running })
    }

    /// The software.
    #[must_use]
    pub const fn component(&self) -> &Component<'p> {
        &self.component
    }

    /// Where it stands: the value of the node of [`Leaf::State`](super::Leaf::State).
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The operation that is going on.
    #[must_use]
    pub const fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// Takes an `Exec`, and gives the code of the status to answer it with. Whether the server may do that, the device's
    /// access control lists say.
    ///
    /// | code | why | |
    /// | --- | --- | --- |
    /// | 202 | the operation begins: [`running`](Self::running) says which | |
    /// | 400 | the address or the correlator is no text | nothing has changed |
    /// | 403 | the state does not allow the operation, or one is going on | nothing has changed |
    /// | 404 | the address is none of the software's | nothing has changed |
    /// | 405 | the node is one of the software's, but nothing to be run | nothing has changed |
    /// | 406 | there are several items: one thing is done at a time | nothing has changed |
    /// | 412 | there is no item, or it has no target | nothing has changed |
    pub fn exec(&mut self, exec: &Request<'_>) -> StatusCode {
        match self.accepted(exec) {
            Ok((running, to)) => {
                self.running = Some(running);
                self.state = to;
                StatusCode::ACCEPTED_FOR_PROCESSING
            }
            Err(code) => code,
        }
    }

    fn accepted(&self, exec: &Request<'_>) -> Result<(Running, State), StatusCode> {
        let item = exec.items.first().ok_or(StatusCode::INCOMPLETE_COMMAND)?;
        if exec.items.iter().nth(1).is_some() {
            return Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        let target = item.target.and_then(|target| target.uri).ok_or(StatusCode::INCOMPLETE_COMMAND)?;
        let mut room = Room::new();
        let target = room.text(target, "LocURI").map_err(|_| StatusCode::BAD_REQUEST)?;
        let operation = match self.component.meaning(&target) {
            Meaning::Operation(operation) => operation,
            Meaning::Other => return Err(StatusCode::COMMAND_NOT_ALLOWED),
            Meaning::None => return Err(StatusCode::NOT_FOUND),
        };
        let next = self.component.model().next(self.state, Step::Start(operation)).next();
        let to = next.filter(|_| self.running.is_none()).ok_or(StatusCode::FORBIDDEN)?;
        let correlator = exec.correlator.map(|correlator| room.string(correlator, "Correlator")).transpose();
        let correlator = correlator.map_err(|_| StatusCode::BAD_REQUEST)?;
        Ok((Running { operation, correlator }, to))
    }

    /// The operation goes on, to this state.
    ///
    /// # Errors
    /// [`SoftwareError::NotRunning`]; [`SoftwareError::Transition`], if the model does not allow that. Nothing has
    /// changed then.
    pub fn proceed(&mut self, to: State) -> Result<(), SoftwareError> {
        let running = self.running.as_ref().ok_or(SoftwareError::NotRunning)?;
        self.state = self.checked(Step::Proceed(running.operation), to)?;
        Ok(())
    }

    /// The operation has ended with this result, which says whether it has succeeded; gives what to tell the server.
    ///
    /// The report is to be sent until the server has answered it; the operation is not to be tried again unless the
    /// server says so.
    ///
    /// # Errors
    /// [`SoftwareError::NotRunning`]; [`SoftwareError::Transition`], if the model does not allow that end with such a
    /// result. Nothing has changed then.
    pub fn finish(&mut self, to: State, code: ResultCode) -> Result<Report, SoftwareError> {
        let operation = self.running.as_ref().ok_or(SoftwareError::NotRunning)?.operation;
        let step = if code.is_success() { Step::Succeed(operation) } else { Step::Fail(operation) };
        let to = self.checked(step, to)?;
        let row = self.component.model().operation(operation).ok_or(SoftwareError::Operation(operation))?;
        let correlator = self.running.take().and_then(|running| running.correlator);
        self.state = to;
        let alert_type = row.alert_types.first().copied().unwrap_or_default();
        Ok(Report::new(self.component.address(), alert_type, code, correlator))
    }

    /// The server has handed over the package itself.
    ///
    /// # Errors
    /// [`SoftwareError::Running`], if an operation is going on; [`SoftwareError::NotAllowed`], if the model does not
    /// allow that. Nothing has changed then: the answer is 403.
    pub fn store(&mut self) -> Result<(), SoftwareError> {
        self.rest(Step::Store)
    }

    /// The device has put away what was there.
    ///
    /// # Errors
    /// [`SoftwareError::Running`], if an operation is going on; [`SoftwareError::NotAllowed`], if the model does not
    /// allow that. Nothing has changed then.
    pub fn reset(&mut self) -> Result<(), SoftwareError> {
        self.rest(Step::Reset)
    }

    /// A step that no operation makes.
    fn rest(&mut self, step: Step) -> Result<(), SoftwareError> {
        if let Some(running) = &self.running {
            return Err(SoftwareError::Running(running.operation));
        }
        let next = self.component.model().next(self.state, step).next();
        self.state = next.ok_or(SoftwareError::NotAllowed(self.state))?;
        Ok(())
    }

    /// The same state, if the step leads there.
    fn checked(&self, step: Step, to: State) -> Result<State, SoftwareError> {
        let mut next = self.component.model().next(self.state, step);
        next.find(|state| *state == to).ok_or(SoftwareError::Transition { from: self.state, to })
    }
}
