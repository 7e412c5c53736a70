//! `Status`, `Results` and `Alert`: what they answer, in which order, and with which code.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};

use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};

use super::check::{Check, MOST_IDS, Said};
use super::{Rule, model};
use crate::code::{AlertCategory, AlertCode, StatusCode};

/// The answers of a message so far.
#[derive(Default)]
pub(super) struct Answers<'a> {
    /// Whether there has been a command that is no status of a header.
    has_other: bool,
    /// Where the first status stands that is of no header.
    status: Option<usize>,
    /// `MsgRef` of the headers that have their status.
    headers: BTreeSet<Cow<'a, str>>,
    /// The commands that have an answer, by `MsgRef` and `CmdRef`, and whether the first one was `Results`.
    commands: BTreeMap<(Cow<'a, str>, Cow<'a, str>), bool>,
}

impl Answers<'_> {
    /// Where the first status stands, if none is of a header.
    pub(super) fn without_header(&self) -> Option<usize> {
        self.status.filter(|_| self.headers.is_empty())
    }

    /// A command that is no answer.
    pub(super) const fn other(&mut self) {
        self.has_other = true;
    }
}

impl<'a> Check<'_, 'a> {
    pub(super) fn end_status(&mut self) {
        let cmd = self.command.cmd.take();
        let cmd_ref = self.command.cmd_ref.take();
        let msg_ref = self.command.msg_ref.take();
        let code = self.status_code();
        let is_of_header = cmd.as_ref().is_some_and(|cmd| cmd.text == "SyncHdr");
        let offset = self.command.offset;
        if let (Some(cmd), Some(cmd_ref)) = (&cmd, &cmd_ref) {
            if is_of_header != (cmd_ref.text == "0") && !cmd.text.is_empty() {
                self.find(Rule::HeaderReference, "CmdRef", cmd_ref.offset);
            }
        }
        if let Some(cmd) = &cmd {
            match &*cmd.text {
                "" | "SyncHdr" => {}
                "Status" => self.find(Rule::StatusForStatus, "Cmd", cmd.offset),
                "Results" if code == Some(StatusCode::OK) => {
                    self.find(Rule::StatusForResults, "Cmd", cmd.offset);
                }
                name => {
                    let tag = SYNCML_1_2.tag_in_page(0, name);
                    if !tag.is_some_and(model::is_command) {
                        self.find(Rule::UnknownCmd, "Cmd", cmd.offset);
                    }
                }
            }
        }
        let msg_ref = msg_ref.map(|said| said.text).unwrap_or_default();
        if is_of_header {
            if self.answers.has_other {
                self.find(Rule::HeaderStatusNotFirst, "Status", offset);
            }
            if self.answers.headers.contains(&msg_ref) {
                self.find(Rule::RepeatedHeaderStatus, "Status", offset);
            } else if self.answers.headers.len() < MOST_IDS {
                self.answers.headers.insert(msg_ref);
            }
            let is_refused = matches!(code, Some(StatusCode::INVALID_CREDENTIALS | StatusCode::MISSING_CREDENTIALS));
            if is_refused && !self.command.has_challenge {
                self.find(Rule::NoChallenge, "Chal", offset);
            }
            return;
        }
        self.answers.has_other = true;
        if let Some(cmd_ref) = cmd_ref {
            if cmd_ref.text != "0" {
                self.answers.status.get_or_insert(offset);
            }
            if self.answered(msg_ref, cmd_ref, false) {
                self.find(Rule::StatusBehindResults, "Status", offset);
            }
        }
    }

    pub(super) fn end_results(&mut self) {
        self.answers.has_other = true;
        let msg_ref = self.command.msg_ref.take().map(|said| said.text).unwrap_or_default();
        if let Some(cmd_ref) = self.command.cmd_ref.take() {
            self.answered(msg_ref, cmd_ref, true);
        }
    }

    /// Notes the answer to a command; gives whether it is its first status, and `Results` came before.
    fn answered(&mut self, msg_ref: Cow<'a, str>, cmd_ref: Said<'a>, is_results: bool) -> bool {
        let commands = &mut self.answers.commands;
        let key = (msg_ref, cmd_ref.text);
        match commands.get_mut(&key) {
            Some(results_first) => !is_results && core::mem::take(results_first),
            None => {
                if commands.len() < MOST_IDS {
                    commands.insert(key, is_results);
                }
                false
            }
        }
    }

    /// The code of a status, and what is wrong with it.
    fn status_code(&mut self) -> Option<StatusCode> {
        let said = self.command.code.take()?;
        let Ok(code) = said.text.parse::<StatusCode>() else {
            self.find(Rule::NotDecimal, "Data", said.offset);
            return None;
        };
        if code.name().is_none() && !code.is_application_specific() {
            self.find(Rule::UnknownStatus, "Data", said.offset);
        }
        Some(code)
    }

    pub(super) fn end_alert(&mut self) {
        self.answers.has_other = true;
        let offset = self.command.offset;
        let Some(said) = self.command.code.take() else {
            return self.find(Rule::Missing, "Data", offset);
        };
        let Ok(code) = said.text.parse::<AlertCode>() else {
            return self.find(Rule::NotDecimal, "Data", said.offset);
        };
        let is_dm = code.is_device_management();
        if self.header.is_dm() && !is_dm || self.header.is_ds() && is_dm {
            self.find(Rule::OtherAlert, "Data", said.offset);
        } else if code.name().is_none() {
            self.find(Rule::UnknownAlert, "Data", said.offset);
        }
        let fewest = match code {
            AlertCode::SINGLE_CHOICE | AlertCode::MULTIPLE_CHOICE => 3,
            AlertCode::DISPLAY | AlertCode::CONFIRM_OR_REJECT | AlertCode::TEXT_INPUT => 2,
            AlertCode::GENERIC_ALERT => 1,
            _ => 0,
        };
        if self.command.items < fewest {
            self.find(Rule::TooFewItems, "Alert", offset);
        }
        match code.category() {
            Some(AlertCategory::NextMessage) => self.objects.asks_for_next = true,
            Some(AlertCategory::SessionAbort) => self.objects.abort = Some(offset),
            _ => {}
        }
    }

    /// Whether the alert that is being read is a generic one.
    pub(super) fn is_in_generic_alert(&self) -> bool {
        let code = self.command.code.as_ref().and_then(|said| said.text.parse().ok());
        self.command.tag == Some(tag::ALERT) && code == Some(AlertCode::GENERIC_ALERT)
    }
}
