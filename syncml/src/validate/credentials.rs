//! Credentials and challenges: whether they say what their scheme needs (OMA DM Security 1.2).

use super::Rule;
use super::check::Check;
use super::items::Meta;

const MD5: &str = "syncml:auth-md5";
const MAC: &str = "syncml:auth-MAC";

impl Check<'_, '_> {
    /// `Cred` has ended, which began at `offset`.
    pub(super) fn end_credentials(&mut self, offset: usize) {
        let Meta { format, type_, .. } = core::mem::take(&mut self.proof);
        let Some(type_) = type_ else { return };
        if type_.text == MAC {
            self.find(Rule::MacInCred, "Type", type_.offset);
        }
        if type_.text == MD5 && format.is_none_or(|format| format.text != "b64") {
            self.find(Rule::Md5WithoutB64, "Format", offset);
        }
    }

    /// `Chal` has ended, which began at `offset`.
    pub(super) fn end_challenge(&mut self, offset: usize) {
        self.command.has_challenge = true;
        let Meta { type_, has_nonce, .. } = core::mem::take(&mut self.proof);
        match type_ {
            None => self.find(Rule::IncompleteChallenge, "Type", offset),
            Some(type_) if !has_nonce && (type_.text == MD5 || type_.text == MAC) => {
                self.find(Rule::IncompleteChallenge, "NextNonce", offset);
            }
            Some(_) => {}
        }
    }
}
