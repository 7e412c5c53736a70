//! Answers in XML, which has no octets.

use alloc::string::String;
use alloc::vec::Vec;

use data_encoding::BASE64;
use syncml::StatusCode;
use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, RtProperties, TndsObject, Value};
use wbxml::{Limits, WriteError};

use super::{Answer, Reply, ReplyData};

/// The media type of a serialised tree in XML.
const TNDS: &str = "application/vnd.syncml.dmtnds+xml";

impl Answer {
    /// The same for a message in XML: see [`Reply::into_xml`]. Where XML cannot hold what was asked for, the status is
    /// 500, and there are no results.
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    #[must_use]
    pub fn into_xml(mut self) -> Self {
        match self.results.into_iter().map(Reply::into_xml).collect() {
            Ok(results) => self.results = results,
            Err(_) => (self.results, self.status) = (Vec::new(), StatusCode::COMMAND_FAILED),
        }
        self
    }
}

impl Reply {
    /// The same for a message in XML: octets become base64, and a serialised tree becomes a text that is XML.
    ///
    /// ```
    /// use poc_mo::object::{Sender, Store};
    /// use poc_mo::syncml::dm::mgmt_tree::{Description, MgmtTree};
    /// use poc_mo::syncml::{Command, Item, Meta, Request, StatusCode};
    ///
    /// let ddf = MgmtTree::builder().build();
    /// let description = Description::new(&ddf);
    /// let mut store = Store::new(&description);
    /// let mut transaction = store.transaction(Sender::Device);
    /// let key = Item::leaf("./Vendor/Key", Meta::of_data("bin", "application/octet-stream"), "\u{1}\u{2}");
    /// transaction.command(&Command::Add(Request::of_item("1", key)), |_| StatusCode::OK)?;
    /// for uri in ["./Vendor/Key", "./Vendor?list=TNDS"] {
    ///     let item = Item::leaf(uri, Meta::EMPTY, "");
    ///     transaction.command(&Command::Get(Request::of_item("2", item)), |_| StatusCode::OK)?;
    /// }
    /// let answers = transaction.finish();
    /// let replies: Vec<_> = answers.into_iter().flat_map(|answer| answer.results).collect();
    /// let [key, tree] = <[_; 2]>::try_from(replies).unwrap();
    ///
    /// let key = key.into_xml()?;
    /// assert_eq!((key.format.as_str(), key.text()), ("b64", Some("AQI=")));
    /// let tree = tree.into_xml()?;
    /// assert_eq!((tree.format.as_str(), tree.type_.as_str()), ("xml", "application/vnd.syncml.dmtnds+xml"));
    /// assert!(tree.item()?.data_text().unwrap().to_string().contains("<Value>AQI=</Value>"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`WriteError::NotXml`] if a text in the tree has a character that XML cannot hold; a text alone is looked at when
    /// it is written.
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn into_xml(mut self) -> Result<Self, WriteError> {
        self.data = match self.data {
            ReplyData::Octets(octets) => {
                self.format = String::from(Format::B64.as_str());
                ReplyData::Text(BASE64.encode(&octets))
            }
            ReplyData::Object(object) => {
                self.type_ = String::from(TNDS);
                let tree = object.tree(Limits::NONE).map_err(unreadable)?;
                ReplyData::Object(TndsObject::xml(&in_base64(&Row::all(&tree)?))?)
            }
            data => data,
        };
        Ok(self)
    }
}

/// A node of a serialised tree, with octets in base64.
struct Row<'a> {
    depth: usize,
    name: String,
    path: Option<String>,
    properties: RtProperties<'a>,
    value: Option<String>,
}

impl<'a> Row<'a> {
    fn all(tree: &MgmtTree<'a>) -> Result<Vec<Self>, WriteError> {
        let mut rows = Vec::new();
        let mut walk = tree.walk();
        while let Some(node) = walk.next() {
            let mut properties = node.rt_properties().unwrap_or_default();
            let value = match node.value() {
                Some(Value::Text(text)) => Some(text.to_cow()?.into_owned()),
                Some(Value::Octets(octets)) => {
                    properties.format = properties.format.map(|_| Format::B64);
                    Some(BASE64.encode(octets))
                }
                _ => None,
            };
            let name = node.name().unwrap_or_default().to_cow()?.into_owned();
            let path = node.path().map(|path| path.to_cow()).transpose()?;
            rows.push(Row { depth: walk.depth(), name, path: path.map(Into::into), properties, value });
        }
        Ok(rows)
    }
}

fn in_base64<'r>(rows: &'r [Row<'_>]) -> MgmtTree<'r> {
    let mut builder = MgmtTree::builder();
    let mut depth = 0_usize;
    for row in rows {
        while depth > row.depth {
            builder.end();
            depth = depth.saturating_sub(1);
        }
        depth = depth.saturating_add(1);
        builder.start(&row.name);
        if let Some(path) = &row.path {
            builder.path(path);
        }
        builder.rt_properties(&row.properties);
        if let Some(value) = &row.value {
            builder.value(value);
        }
    }
    builder.build()
}

fn unreadable(error: syncml::Error) -> WriteError {
    WriteError::Unreadable(error.into())
}
