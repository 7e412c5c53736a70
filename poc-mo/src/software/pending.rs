//! The server's side: what a device answers, and how it ends.

use alloc::string::{String, ToString};
use core::ops::RangeInclusive;

use syncml::dm::{Case, Uri, UriRules};
use syncml::{Command, Status, StatusCode};
use wbxml::Text;

use super::component::Component;
use super::model::Operation;
use super::report::Report;
use super::result_code::ResultCode;
use crate::error::Error;

/// An operation that a server has sent to a device and that has not ended, as far as the server knows.
///
/// The device's commands go through [`take`](Self::take), those of later sessions too: a report may come days after its
/// `Exec`, behind a restart of the device.
///
/// ```
/// use poc_mo::software::{Component, Operation, Order, Progress, ResultCode, fumo};
/// use syncml::{MessageReader, StatusCode};
///
/// # #[cfg(feature = "xml")] {
/// let firmware = Component::new(&fumo::MODEL, "./FwUpdate/Radio")?;
/// let order = Order::new(&firmware, Operation::Update)?.correlator("c17");
/// let mut pending = order.send("1", 3, |_| Ok::<_, syncml::Error>(()))?;
///
/// for (body, progress) in [
///     (
///         "<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>3</CmdRef><Cmd>Exec</Cmd><Data>202</Data></Status>",
///         Progress::Answered(StatusCode::ACCEPTED_FOR_PROCESSING),
///     ),
///     (
///         "<Alert><CmdID>2</CmdID><Data>1226</Data><Correlator>c17</Correlator><Item>
///            <Meta><Type>org.openmobilealliance.dm.firmwareupdate.update</Type></Meta><Data>401</Data></Item></Alert>",
///         Progress::Ended(ResultCode::USER_CANCELLED),
///     ),
/// ] {
///     assert!(pending.is_open());
///     let octets = format!("<SyncML><SyncHdr/><SyncBody>{body}</SyncBody></SyncML>");
///     let mut message = MessageReader::parse(octets.as_bytes())?;
///     while let Some(command) = message.next_command()? {
///         assert!(pending.take(command)?);
///     }
///     assert_eq!(pending.progress(), progress);
/// }
/// assert!(!pending.is_open());
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending<'p> {
    component: Component<'p>,
    operation: Operation,
    correlator: Option<String>,
    msg_id: String,
    cmd_ids: RangeInclusive<u32>,
    refusal: Option<StatusCode>,
    progress: Progress,
}

/// No commands.
#[expect(clippy::reversed_empty_ranges, reason = "that is what an inclusive range of nothing is")]
const NONE: RangeInclusive<u32> = 1..=0;

/// How far an operation is, as far as the server knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The device has not answered.
    Sent,
    /// The device has answered the `Exec` with this status: after 202 a report follows, after any other code nothing.
    Answered(StatusCode),
    /// The device has told the end.
    Ended(ResultCode),
}

impl<'p> Pending<'p> {
    /// The `Exec` is the last of these commands of a message.
    pub(super) fn sent(
        component: Component<'p>,
        operation: Operation,
        correlator: Option<&str>,
        msg_id: &str,
        cmd_ids: RangeInclusive<u32>,
    ) -> Self {
        let (correlator, msg_id) = (correlator.map(String::from), String::from(msg_id));
        Self { component, operation, correlator, msg_id, cmd_ids, refusal: None, progress: Progress::Sent }
    }

    /// An operation that the device has accepted in an earlier session: only its report is missing. What the server has
    /// to keep until then are these three.
    #[must_use]
    pub fn accepted(component: Component<'p>, operation: Operation, correlator: Option<&str>) -> Self {
        let progress = Progress::Answered(StatusCode::ACCEPTED_FOR_PROCESSING);
        Self { progress, ..Self::sent(component, operation, correlator, "", NONE) }
    }

    /// The operation.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// The numbers of the commands that were sent; the last one is that of the `Exec`. None, where that was in an earlier
    /// session.
    #[must_use]
    pub fn cmd_ids(&self) -> RangeInclusive<u32> {
        self.cmd_ids.clone()
    }

    /// How far it is.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// The first status that refuses one of the commands in front of the `Exec`: a value was not set.
    #[must_use]
    pub const fn refusal(&self) -> Option<StatusCode> {
        self.refusal
    }

    /// Whether something is still to come: the status of the `Exec`, or the report.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self.progress {
            Progress::Sent => true,
            Progress::Answered(code) => code.get() == StatusCode::ACCEPTED_FOR_PROCESSING.get(),
            Progress::Ended(_) => false,
        }
    }

    /// Takes a command of the device; gives whether it is about this operation: the status of one of its commands, or an
    /// alert in which its end is told.
    ///
    /// A status in the 100s is no answer yet. Nothing changes any more once the end is known, or the `Exec` is refused.
    ///
    /// # Errors
    /// As [`Reports`](super::Reports).
    pub fn take(&mut self, command: &Command<'_>) -> Result<bool, Error> {
        match command {
            Command::Status(status) => Ok(self.take_status(status)),
            Command::Alert(alert) => {
                for report in Report::read(alert) {
                    if self.take_report(&report?) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// Takes a report that has been read; gives whether it tells the end of this operation.
    ///
    /// A report with the correlator of the operation does, and one with another does not. Where either side has none,
    /// type and source decide.
    pub fn take_report(&mut self, report: &Report) -> bool {
        let is_own = self.is_open()
            && match (&self.correlator, &report.correlator) {
                (Some(sent), Some(told)) => sent == told,
                (None, Some(_)) => false,
                (_, None) => self.is_type(&report.alert_type) && self.is_source(report.source.as_deref()),
            };
        if is_own {
            self.progress = Progress::Ended(report.code);
        }
        is_own
    }

    fn take_status(&mut self, status: &Status<'_>) -> bool {
        let (Some(cmd_ref), Some(code)) = (status.cmd_ref, status.code()) else { return false };
        if status.msg_ref.is_some_and(|msg_ref| !is(&msg_ref, &self.msg_id)) {
            return false;
        }
        let Some(id) = self.cmd_ids().find(|id| is(&cmd_ref, &id.to_string())) else { return false };
        if id == *self.cmd_ids.end() {
            if self.progress == Progress::Sent && !code.is_provisional() {
                self.progress = Progress::Answered(code);
            }
        } else if !code.is_provisional() && !code.is_success() {
            self.refusal = self.refusal.or(Some(code));
        }
        true
    }

    fn is_type(&self, alert_type: &str) -> bool {
        let row = self.component.model().operation(self.operation);
        row.is_some_and(|row| row.alert_types.iter().any(|own| own.eq_ignore_ascii_case(alert_type)))
    }

    /// Whether the source, where there is one, is the software's node or one below it.
    fn is_source(&self, source: Option<&str>) -> bool {
        let own = Uri::parse(self.component.address()).ok();
        source.is_none_or(|source| {
            let source = Uri::parse_with(source, &UriRules::LENIENT).ok();
            source.zip(own).is_some_and(|(source, own)| source.below(&own, Case::Sensitive).is_some())
        })
    }
}

/// Whether a text is this one, white space around it aside.
fn is(text: &Text<'_>, expected: &str) -> bool {
    *text == expected || text.to_cow().is_ok_and(|text| text.trim() == expected.trim())
}
