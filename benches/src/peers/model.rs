//! A message as structs of serde: what our typed reading gives of it, field by field.

use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename = "SyncML")]
pub(super) struct Message<'a> {
    #[serde(borrow, rename = "SyncHdr")]
    pub(super) header: Header<'a>,
    #[serde(borrow, rename = "SyncBody")]
    pub(super) body: Body<'a>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Header<'a> {
    #[serde(rename = "VerDTD")]
    pub(super) ver_dtd: &'a str,
    pub(super) ver_proto: &'a str,
    #[serde(rename = "SessionID")]
    pub(super) session_id: &'a str,
    #[serde(rename = "MsgID")]
    pub(super) msg_id: &'a str,
    #[serde(borrow)]
    pub(super) target: Location<'a>,
    #[serde(borrow)]
    pub(super) source: Location<'a>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Body<'a> {
    #[serde(borrow, default, rename = "$value")]
    pub(super) commands: Vec<Command<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) enum Command<'a> {
    #[serde(borrow)]
    Status(Status<'a>),
    #[serde(borrow)]
    Get(Request<'a>),
    #[serde(borrow)]
    Replace(Request<'a>),
    #[serde(borrow)]
    Results(Results<'a>),
    Final,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Status<'a> {
    #[serde(rename = "CmdID")]
    pub(super) cmd_id: &'a str,
    pub(super) msg_ref: &'a str,
    pub(super) cmd_ref: &'a str,
    pub(super) cmd: &'a str,
    pub(super) target_ref: Option<&'a str>,
    pub(super) source_ref: Option<&'a str>,
    #[serde(borrow)]
    pub(super) chal: Option<Meta<'a>>,
    pub(super) data: &'a str,
    #[serde(borrow, default, rename = "Item")]
    pub(super) items: Vec<Item<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request<'a> {
    #[serde(rename = "CmdID")]
    pub(super) cmd_id: &'a str,
    pub(super) no_resp: Option<&'a str>,
    pub(super) archive: Option<&'a str>,
    pub(super) sft_del: Option<&'a str>,
    pub(super) lang: Option<&'a str>,
    #[serde(borrow)]
    pub(super) meta: Option<Meta<'a>>,
    pub(super) correlator: Option<&'a str>,
    #[serde(borrow, default, rename = "Item")]
    pub(super) items: Vec<Item<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Results<'a> {
    #[serde(rename = "CmdID")]
    pub(super) cmd_id: &'a str,
    pub(super) msg_ref: &'a str,
    pub(super) cmd_ref: &'a str,
    #[serde(borrow)]
    pub(super) meta: Option<Meta<'a>>,
    pub(super) target_ref: Option<&'a str>,
    pub(super) source_ref: Option<&'a str>,
    #[serde(borrow, default, rename = "Item")]
    pub(super) items: Vec<Item<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Item<'a> {
    #[serde(borrow)]
    pub(super) target: Option<Location<'a>>,
    #[serde(borrow)]
    pub(super) source: Option<Location<'a>>,
    #[serde(borrow)]
    pub(super) meta: Option<Meta<'a>>,
    pub(super) data: Option<&'a str>,
    pub(super) more_data: Option<&'a str>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Location<'a> {
    #[serde(rename = "LocURI")]
    pub(super) uri: &'a str,
    #[serde(rename = "LocName")]
    pub(super) name: Option<&'a str>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Meta<'a> {
    pub(super) format: Option<&'a str>,
    #[serde(rename = "Type")]
    pub(super) type_: Option<&'a str>,
}

impl<'a> Message<'a> {
    /// The message, from its XML; `None` if a text of it cannot be borrowed, or it has commands that are not here.
    pub(super) fn of(xml: &'a str) -> Option<Self> {
        quick_xml::de::from_str(xml).ok()
    }

    /// The octets of all texts, so that each is looked at.
    pub(super) fn weigh(&self) -> usize {
        self.header.msg_id.len() + self.body.commands.iter().map(Command::weigh).sum::<usize>()
    }
}

impl Command<'_> {
    fn weigh(&self) -> usize {
        match self {
            Self::Status(status) => {
                let fields = [status.cmd_id, status.msg_ref, status.cmd_ref, status.cmd, status.data];
                fields.map(str::len).iter().sum::<usize>() + status.target_ref.map_or(0, str::len)
            }
            Self::Get(request) | Self::Replace(request) => request.cmd_id.len() + weigh(&request.items),
            Self::Results(results) => {
                [results.cmd_id, results.msg_ref, results.cmd_ref].map(str::len).iter().sum::<usize>()
                    + weigh(&results.items)
            }
            Self::Final => 0,
        }
    }
}

fn weigh(items: &[Item<'_>]) -> usize {
    let location = |location: &Option<Location<'_>>| location.as_ref().map_or(0, |location| location.uri.len());
    let text = |text: Option<&str>| text.map_or(0, str::len);
    let item = |item: &Item<'_>| {
        let meta = item.meta.as_ref().map_or(0, |meta| text(meta.format) + text(meta.type_));
        location(&item.target) + location(&item.source) + meta + text(item.data)
    };
    items.iter().map(item).sum()
}
