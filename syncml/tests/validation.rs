//! Every rule, with a message that breaks it and is right otherwise: what is found, and where.

#![cfg(feature = "xml")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

use alloc::collections::BTreeSet;

use syncml::StatusCode;
use syncml::validate::{Action, Finding, Party, Role, Rule, Severity, Validator};
use wbxml::vocabulary::syncml::{self as vocabulary, SYNCML_1_1, SYNCML_1_2};
use wbxml::{AnyReader, Options, Vocabulary, Writer, transcode};

/// What a server of device management sends.
const SERVER: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>
<SessionID>1</SessionID><MsgID>2</MsgID><Target><LocURI>IMEI:1</LocURI></Target>
<Source><LocURI>https://dm.example</LocURI><LocName>dm</LocName></Source><RespURI>https://dm.example/2</RespURI>
<Cred><Meta><Format xmlns="syncml:metinf">b64</Format><Type xmlns="syncml:metinf">syncml:auth-md5</Type></Meta>
<Data>Zz6EivR3yeaaENcRN6lpAQ==</Data></Cred>
<Meta><MaxMsgSize xmlns="syncml:metinf">5000</MaxMsgSize><MaxObjSize xmlns="syncml:metinf">9000</MaxObjSize></Meta>
</SyncHdr><SyncBody>
<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><TargetRef>https://dm.example</TargetRef>
<Chal><Meta><Type xmlns="syncml:metinf">syncml:auth-MAC</Type><NextNonce xmlns="syncml:metinf">bm9uY2U=</NextNonce>
</Meta></Chal><Data>401</Data></Status>
<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Cmd>Alert</Cmd><Data>200</Data></Status>
<Replace><CmdID>3</CmdID><Meta><Format xmlns="syncml:metinf">int</Format></Meta>
<Item><Target><LocURI>./A/Port</LocURI></Target><Data>80</Data></Item>
<Item><Target><LocURI>./A/Name</LocURI></Target><Meta><Format xmlns="syncml:metinf">chr</Format></Meta>
<Data>eighty</Data></Item></Replace>
<Atomic><CmdID>4</CmdID><Add><CmdID>5</CmdID><Item><Target><LocURI>./A/B</LocURI></Target>
<Meta><MetInf xmlns="syncml:metinf"><Format>node</Format><Type>urn:oma:mo:x:1.0</Type></MetInf></Meta></Item></Add>
<Delete><CmdID>6</CmdID><Item><Target><LocURI>./A/C</LocURI></Target></Item></Delete></Atomic>
<Sequence><CmdID>7</CmdID><Get><CmdID>8</CmdID><Item><Target><LocURI>./A?prop=ACL</LocURI></Target></Item></Get>
<Exec><CmdID>9</CmdID><Correlator>c</Correlator><Item><Target><LocURI>./A/Run</LocURI></Target></Item></Exec></Sequence>
<Alert><CmdID>10</CmdID><Data>1103</Data><Item/><Item><Data>Which?</Data></Item><Item><Data>This</Data></Item></Alert>
<Final/></SyncBody></SyncML>"#;

/// What a client of device management sends.
const CLIENT: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.1"><SyncHdr><VerDTD>1.1</VerDTD><VerProto>DM/1.1</VerProto>
<SessionID>1</SessionID><MsgID>3</MsgID><Target><LocURI>https://dm.example</LocURI></Target>
<Source><LocURI>IMEI:1</LocURI></Source></SyncHdr><SyncBody>
<Status><CmdID>1</CmdID><MsgRef>2</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>
<Status><CmdID>2</CmdID><MsgRef>2</MsgRef><CmdRef>8</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>
<Results><CmdID>3</CmdID><MsgRef>2</MsgRef><CmdRef>8</CmdRef><Meta><Format xmlns="syncml:metinf">bool</Format></Meta>
<Item><Source><LocURI>./A/On</LocURI></Source><Data>true</Data></Item></Results>
<Replace><CmdID>4</CmdID><Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Example</Data></Item></Replace>
<Alert><CmdID>5</CmdID><Data>1226</Data><Item><Source><LocURI>./A</LocURI></Source>
<Meta><Type xmlns="syncml:metinf">urn:oma:at:x:1.0:Done</Type></Meta><Data>200</Data></Item></Alert>
</SyncBody></SyncML>"#;

/// What a client of data synchronisation sends.
const SYNC: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto>
<SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>https://ds.example</LocURI></Target>
<Source><LocURI>IMEI:1</LocURI></Source><NoResp/></SyncHdr><SyncBody>
<Alert><CmdID>1</CmdID><Data>200</Data><Item><Target><LocURI>./c</LocURI></Target><Source><LocURI>c</LocURI></Source>
<Meta><Anchor xmlns="syncml:metinf"><Last>1</Last><Next>2</Next></Anchor></Meta></Item></Alert>
<Put><CmdID>2</CmdID><Lang>en</Lang><Meta><Type xmlns="syncml:metinf">text/plain</Type></Meta>
<Item><Source><LocURI>./devinf12</LocURI></Source><Data>info</Data></Item></Put>
<Sync><CmdID>3</CmdID><Target><LocURI>./c</LocURI><Filter><Meta><Type xmlns="syncml:metinf">syncml:filtertype-cgi</Type>
</Meta><Record><Item><Data>x=1</Data></Item></Record><FilterType>INCLUSIVE</FilterType></Filter></Target>
<Source><LocURI>c</LocURI></Source>
<Meta><Mem xmlns="syncml:metinf"><SharedMem/><FreeMem>1</FreeMem><FreeID>2</FreeID></Mem></Meta>
<NumberOfChanges>3</NumberOfChanges>
<Add><CmdID>4</CmdID><Item><Source><LocURI>1</LocURI></Source><Data>one</Data></Item></Add>
<Delete><CmdID>5</CmdID><Archive/><Item><Source><LocURI>2</LocURI></Source></Item></Delete>
<Move><CmdID>6</CmdID><Item><Source><LocURI>3</LocURI></Source><SourceParent><LocURI>4</LocURI></SourceParent></Item>
</Move></Sync>
<Map><CmdID>7</CmdID><Target><LocURI>./c</LocURI></Target><Source><LocURI>c</LocURI></Source>
<MapItem><Target><LocURI>1</LocURI></Target><Source><LocURI>2</LocURI></Source></MapItem></Map>
<Search><CmdID>8</CmdID><NoResults/><Source><LocURI>./c</LocURI></Source><Meta><Type xmlns="syncml:metinf">x</Type></Meta>
<Data>q</Data></Search><Final/></SyncBody></SyncML>"#;

/// Which message, and who looks at it.
#[derive(Clone, Copy, Debug)]
enum Base {
    Server,
    Client,
    Sync,
    /// That of the server, whose first data goes on with a large object.
    Chunk,
}

impl Base {
    const fn message(self) -> &'static str {
        match self {
            Self::Server | Self::Chunk => SERVER,
            Self::Client => CLIENT,
            Self::Sync => SYNC,
        }
    }

    const fn validator(self, role: Role) -> Validator {
        let validator = Validator::new(role).max_msg_size(4000).max_obj_size(100);
        match self {
            Self::Server => validator.party(Party::Server),
            Self::Chunk => validator.party(Party::Server).continues(),
            Self::Client | Self::Sync => validator.party(Party::Client),
        }
    }

    const fn vocabulary(self) -> &'static Vocabulary<'static> {
        match self {
            Self::Client => &SYNCML_1_1,
            Self::Server | Self::Sync | Self::Chunk => &SYNCML_1_2,
        }
    }
}

/// A rule; a message, what is replaced in it and by what; the number of the command and the name that is found, and what
/// stands at the offset.
type Row = (Rule, Base, &'static str, &'static str, (u32, &'static str), &'static str);

use Base::{Chunk, Client, Server, Sync};

const ROWS: &[Row] = &[
    (Rule::Missing, Server, "<VerDTD>1.2</VerDTD>", "", (0, "VerDTD"), "<SyncHdr>"),
    (Rule::Missing, Server, "<LocURI>IMEI:1</LocURI>", "", (0, "LocURI"), "<Target></Target>"),
    (Rule::Missing, Server, "<CmdID>3</CmdID>", "", (3, "CmdID"), "<Replace>"),
    (Rule::Missing, Server, "<CmdRef>1</CmdRef>", "", (2, "CmdRef"), "<Status><CmdID>2"),
    (Rule::Missing, Client, "<Data>1226</Data>", "", (5, "Data"), "<Alert>"),
    (Rule::Missing, Sync, "<Next>2</Next>", "", (1, "Next"), "<Anchor"),
    (Rule::Missing, Sync, "<MapItem><Target><LocURI>1</LocURI></Target>", "<MapItem>", (7, "Target"), "<MapItem>"),
    (
        Rule::Missing,
        Server,
        "<Item><Target><LocURI>./A/C</LocURI></Target></Item>",
        "",
        (6, "Item"),
        "<Delete><CmdID>6</CmdID></Delete>",
    ),
    (Rule::Repeated, Server, "<MsgID>2</MsgID>", "<MsgID>2</MsgID><!-- --><MsgID>3</MsgID>", (0, "MsgID"), "<MsgID>3"),
    (Rule::Repeated, Server, "<Final/>", "<Final/><Final></Final>", (0, "Final"), "<Final></Final>"),
    (
        Rule::Repeated,
        Server,
        "<Type>urn:oma:mo:x:1.0</Type>",
        "<Type>urn:oma:mo:x:1.0</Type><Type>urn:oma:mo:x:1.1</Type>",
        (5, "Type"),
        "<Type>urn:oma:mo:x:1.1",
    ),
    (
        Rule::OutOfOrder,
        Server,
        "<Data>80</Data></Item>",
        "<Data>80</Data><Source><LocURI>x</LocURI></Source></Item>",
        (3, "Source"),
        "<Source><LocURI>x",
    ),
    (
        Rule::OutOfOrder,
        Server,
        "<MsgRef>1</MsgRef><CmdRef>1</CmdRef>",
        "<CmdRef>1</CmdRef><MsgRef>1</MsgRef>",
        (2, "MsgRef"),
        "<MsgRef>1</MsgRef><Cmd>",
    ),
    (
        Rule::OutOfOrder,
        Server,
        "<Format>node</Format><Type>urn:oma:mo:x:1.0</Type>",
        "<Type>urn:oma:mo:x:1.0</Type><Format>node</Format>",
        (5, "Format"),
        "<Format>node",
    ),
    (
        Rule::OutOfOrder,
        Server,
        "<MsgRef>1</MsgRef><CmdRef>1",
        "<Item/><MsgRef>1</MsgRef><CmdRef>1",
        (2, "MsgRef"),
        "<MsgRef>1</MsgRef><CmdRef>1",
    ),
    (Rule::Misplaced, Server, "<CmdRef>1", "<LocURI>x</LocURI><CmdRef>1", (2, "LocURI"), "<LocURI>x"),
    (
        Rule::Misplaced,
        Server,
        "<Data>80</Data></Item>",
        "<Data>80</Data><CmdID>77</CmdID></Item>",
        (3, "CmdID"),
        "<CmdID>77",
    ),
    (
        Rule::Misplaced,
        Server,
        "</Delete></Atomic>",
        "</Delete><Status><CmdID>60</CmdID><MsgRef>1</MsgRef><CmdRef>9</CmdRef><Cmd>Add</Cmd><Data>200</Data></Status></Atomic>",
        (4, "Status"),
        "<Status><CmdID>60",
    ),
    (
        Rule::Misplaced,
        Server,
        "<Meta><MetInf",
        "<Meta><CmdID>9</CmdID><MetInf",
        (5, "CmdID"),
        "<CmdID>9</CmdID><MetInf",
    ),
    (Rule::UnknownElement, Server, "<Data>80</Data></Item>", "<Data>80</Data><X><Item/></X></Item>", (3, "X"), "<X>"),
    (Rule::UnknownCommand, Server, "<Final/>", "<Frob><Item/></Frob><Final/>", (0, "Frob"), "<Frob>"),
    // the name of a command, in another namespace
    (Rule::UnknownCommand, Server, "<Final/>", "<Add xmlns=\"urn:x\"/><Final/>", (0, "Add"), "<Add xmlns"),
    (
        Rule::NotInVersion,
        Client,
        "<Data>1226</Data>",
        "<Data>1226</Data><Correlator>c</Correlator>",
        (5, "Correlator"),
        "<Correlator>",
    ),
    (Rule::FlagWithContent, Server, "<Final/>", "<Final>yes</Final>", (0, "Final"), "<Final>"),
    (Rule::NoValue, Server, "<SessionID>1</SessionID>", "<SessionID> </SessionID>", (0, "SessionID"), "<SessionID>"),
    (Rule::NoValue, Server, "<LocURI>IMEI:1</LocURI>", "<LocURI/>", (0, "LocURI"), "<LocURI/>"),
    (Rule::NotDecimal, Server, ">5000<", ">5k<", (0, "MaxMsgSize"), "<MaxMsgSize"),
    (Rule::NotDecimal, Server, "<Data>401</Data>", "<Data>OK</Data>", (1, "Data"), "<Data>OK"),
    (Rule::NotDecimal, Server, "<Data>1103</Data>", "<Data>+1103</Data>", (10, "Data"), "<Data>+1103"),
    (
        Rule::NotDecimal,
        Sync,
        ">3</NumberOfChanges>",
        ">some</NumberOfChanges>",
        (3, "NumberOfChanges"),
        "<NumberOfChanges>",
    ),
    (Rule::UnknownVerDtd, Server, "<VerDTD>1.2", "<VerDTD>2.0", (0, "VerDTD"), "<VerDTD>"),
    (Rule::UnknownVerProto, Sync, "SyncML/1.2", "SyncML/2.0", (0, "VerProto"), "<VerProto>"),
    (Rule::VersionsDiffer, Server, "DM/1.2", "DM/1.1", (0, "VerDTD"), "<VerDTD>"),
    (Rule::OtherVocabulary, Client, "SYNCML:SYNCML1.1", "SYNCML:SYNCML1.2", (0, "VerDTD"), "<VerDTD>"),
    (Rule::BadMsgId, Server, "<MsgID>2", "<MsgID>0", (0, "MsgID"), "<MsgID>"),
    (Rule::BadMsgId, Server, "<MsgID>2", "<MsgID>two", (0, "MsgID"), "<MsgID>"),
    (Rule::ZeroCmdId, Server, "<CmdID>3", "<CmdID>0", (3, "CmdID"), "<CmdID>0"),
    (Rule::RepeatedCmdId, Server, "<CmdID>9", "<CmdID> 3", (9, "CmdID"), "<CmdID> 3"),
    (Rule::NotInDm, Server, "<CmdID>3</CmdID>", "<CmdID>3</CmdID><NoResp/>", (3, "NoResp"), "<NoResp/>"),
    (Rule::NotInDm, Server, "<CmdID>8</CmdID>", "<CmdID>8</CmdID><Lang>en</Lang>", (8, "Lang"), "<Lang>"),
    (
        Rule::NotInDm,
        Server,
        "<CmdID>3</CmdID>",
        "<CmdID>3</CmdID><Cred><Data>x</Data></Cred>",
        (3, "Cred"),
        "<Cred><Data>x",
    ),
    (
        Rule::CommandNotInDm,
        Server,
        "<Final/>",
        "<Put><CmdID>11</CmdID><Item><Source><LocURI>x</LocURI></Source><Data/></Item></Put><Final/>",
        (11, "Put"),
        "<Put>",
    ),
    (
        Rule::WrongParty,
        Client,
        "</SyncBody>",
        "<Get><CmdID>6</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Get></SyncBody>",
        (6, "Get"),
        "<Get>",
    ),
    (
        Rule::WrongParty,
        Server,
        "<Final/>",
        "<Results><CmdID>11</CmdID><CmdRef>4</CmdRef><Item><Data>x</Data></Item></Results><Final/>",
        (11, "Results"),
        "<Results>",
    ),
    (
        Rule::NotInAtomic,
        Server,
        "</Delete></Atomic>",
        "</Delete><Get><CmdID>60</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Get></Atomic>",
        (7, "Get"),
        "<Get><CmdID>60",
    ),
    (
        Rule::NotInAtomic,
        Server,
        "<Delete><CmdID>6</CmdID><Item><Target><LocURI>./A/C</LocURI></Target></Item></Delete>",
        "<Atomic><CmdID>60</CmdID><Delete><CmdID>6</CmdID><Item><Target><LocURI>./A/C</LocURI></Target></Item></Delete></Atomic>",
        (6, "Atomic"),
        "<Atomic><CmdID>60",
    ),
    (
        Rule::UnusualInAtomic,
        Server,
        "</Delete></Atomic>",
        "</Delete><Exec><CmdID>60</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Exec></Atomic>",
        (7, "Exec"),
        "<Exec><CmdID>60",
    ),
    (Rule::UnescapedMarkup, Server, "<Data>eighty</Data>", "<Data><Item/></Data>", (3, "Data"), "<Data><Item"),
    (
        Rule::HeaderStatusNotFirst,
        Server,
        "<Status><CmdID>1</CmdID>",
        "<Alert><CmdID>20</CmdID><Data>1201</Data></Alert><Status><CmdID>1</CmdID>",
        (2, "Status"),
        "<Status><CmdID>1<",
    ),
    (
        Rule::RepeatedHeaderStatus,
        Client,
        "<CmdRef>8</CmdRef><Cmd>Get</Cmd>",
        "<CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>",
        (2, "Status"),
        "<Status><CmdID>2",
    ),
    (Rule::HeaderReference, Server, "<CmdRef>0", "<CmdRef>7", (1, "CmdRef"), "<CmdRef>7"),
    (Rule::HeaderReference, Server, "<CmdRef>1", "<CmdRef>0", (2, "CmdRef"), "<CmdRef>0</CmdRef><Cmd>Alert"),
    (Rule::StatusForStatus, Server, "<Cmd>Alert", "<Cmd>Status", (2, "Cmd"), "<Cmd>Status"),
    (Rule::StatusForResults, Server, "<Cmd>Alert", "<Cmd>Results", (2, "Cmd"), "<Cmd>Results"),
    (
        Rule::StatusBehindResults,
        Client,
        "</Results>",
        "</Results><Results><CmdID>30</CmdID><MsgRef>2</MsgRef><CmdRef>9</CmdRef><Item><Data>x</Data></Item></Results>\
         <Status><CmdID>31</CmdID><MsgRef>2</MsgRef><CmdRef>9</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>",
        (5, "Status"),
        "<Status><CmdID>31",
    ),
    (Rule::UnknownCmd, Server, "<Cmd>Alert", "<Cmd>Item", (2, "Cmd"), "<Cmd>Item"),
    (Rule::UnknownCmd, Server, "<Cmd>Alert", "<Cmd>alert", (2, "Cmd"), "<Cmd>alert"),
    (Rule::MacInCred, Server, "syncml:auth-md5", "syncml:auth-MAC", (0, "Type"), "<Type xmlns"),
    (Rule::Md5WithoutB64, Server, ">b64<", ">chr<", (0, "Format"), "<Cred>"),
    (
        Rule::IncompleteChallenge,
        Server,
        "<NextNonce xmlns=\"syncml:metinf\">bm9uY2U=</NextNonce>",
        "",
        (1, "NextNonce"),
        "<Chal>",
    ),
    (
        Rule::IncompleteChallenge,
        Server,
        "<Type xmlns=\"syncml:metinf\">syncml:auth-MAC</Type>",
        "",
        (1, "Type"),
        "<Chal>",
    ),
    (Rule::OutsideDevInfo, Client, "./DevInfo/Man", "./DevDetail/Man", (4, "LocURI"), "<LocURI>./DevDetail"),
    (Rule::NoChallenge, Client, "<Cmd>SyncHdr</Cmd><Data>200", "<Cmd>SyncHdr</Cmd><Data>407", (1, "Chal"), "<Status>"),
    (Rule::UnknownStatus, Client, "<Cmd>Get</Cmd><Data>200", "<Cmd>Get</Cmd><Data>299", (2, "Data"), "<Data>299"),
    (Rule::UnknownAlert, Client, "<Data>1226", "<Data>1299", (5, "Data"), "<Data>1299"),
    (Rule::OtherAlert, Client, "<Data>1226", "<Data>200", (5, "Data"), "<Data>200</Data><Item><Source>"),
    (Rule::OtherAlert, Sync, "<Data>200", "<Data>1200", (1, "Data"), "<Data>1200"),
    (Rule::TooFewItems, Server, "<Item><Data>This</Data></Item>", "", (10, "Alert"), "<Alert>"),
    (
        Rule::NoAlertType,
        Client,
        "<Meta><Type xmlns=\"syncml:metinf\">urn:oma:at:x:1.0:Done</Type></Meta>",
        "",
        (5, "Type"),
        "<Item><Source><LocURI>./A</LocURI>",
    ),
    (Rule::OddAlertType, Client, "urn:oma:at:x:1.0:Done", "text/plain", (5, "Type"), "<Type xmlns"),
    (Rule::NoAddress, Server, "<Target><LocURI>./A/Port</LocURI></Target>", "", (3, "Item"), "<Item><Data>80"),
    (Rule::BadAddress, Server, "./A/Port", "./A//Port", (3, "LocURI"), "<LocURI>./A//Port"),
    (Rule::BadAddress, Server, "./A?prop=ACL", "./A/?prop=ACL", (8, "LocURI"), "<LocURI>./A/?prop="),
    (Rule::OddBool, Client, "<Data>true", "<Data>1", (3, "Data"), "<Data>1"),
    (Rule::UnexpectedData, Server, "</MetInf></Meta>", "</MetInf></Meta><Data>x</Data>", (5, "Data"), "<Data>x"),
    (
        Rule::NoHeaderStatus,
        Client,
        "<Status><CmdID>1</CmdID><MsgRef>2</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>\n",
        "",
        (0, "SyncBody"),
        "<Status><CmdID>2",
    ),
    (
        Rule::UnknownFormat,
        Server,
        "<Format xmlns=\"syncml:metinf\">chr",
        "<Format xmlns=\"syncml:metinf\">text",
        (3, "Format"),
        "<Format xmlns=\"syncml:metinf\">text",
    ),
    (
        Rule::FormatNotInVersion,
        Client,
        "bool</Format></Meta>\n<Item><Source><LocURI>./A/On</LocURI></Source><Data>true",
        "float</Format></Meta>\n<Item><Source><LocURI>./A/On</LocURI></Source><Data>1.5",
        (3, "Format"),
        "<Format xmlns=\"syncml:metinf\">float",
    ),
    (Rule::NoData, Server, "<Data>80</Data>", "", (3, "Data"), "<Item><Target><LocURI>./A/Port"),
    (Rule::UnexpectedData, Client, "bool<", "null<", (3, "Data"), "<Data>true"),
    (Rule::MalformedData, Server, "<Data>80", "<Data>many", (3, "Data"), "<Data>many"),
    (Rule::MalformedData, Server, ">chr<", ">b64<", (3, "Data"), "\n<Data>eighty"),
    (Rule::MalformedData, Server, ">chr<", ">xml<", (3, "Data"), "\n<Data>eighty"),
    (Rule::BinInXml, Server, ">chr<", ">bin<", (3, "Data"), "\n<Data>eighty"),
    (
        Rule::ObjectTooLarge,
        Sync,
        "<Data>one",
        concat!(
            "<Data>",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789!"
        ),
        (4, "Item"),
        "<Item><Source><LocURI>1",
    ),
    (
        Rule::NoSize,
        Client,
        "<Data>200</Data></Item></Alert>",
        "<Data>200</Data><MoreData/></Item></Alert>",
        (5, "Size"),
        "<Item><Source><LocURI>./A</LocURI>",
    ),
    (
        Rule::SizeRepeated,
        Chunk,
        "<Meta><Format xmlns=\"syncml:metinf\">int</Format></Meta>",
        "<Meta><Format xmlns=\"syncml:metinf\">int</Format><Size xmlns=\"syncml:metinf\">9</Size></Meta>",
        (3, "Size"),
        "<Size",
    ),
    (
        Rule::SizeMismatch,
        Client,
        "Done</Type></Meta><Data>200</Data></Item></Alert>",
        "Done</Type><Size xmlns=\"syncml:metinf\">2</Size></Meta><Data>200</Data><MoreData/></Item></Alert>",
        (5, "Data"),
        "<Data>200</Data><MoreData",
    ),
    (
        Rule::BehindChunk,
        Client,
        "<Data>true</Data></Item></Results>",
        "<Meta><Size xmlns=\"syncml:metinf\">9</Size></Meta><Data>true</Data><MoreData/></Item></Results>",
        (4, "Replace"),
        "<Replace>",
    ),
    (
        Rule::BehindChunk,
        Client,
        "Done</Type></Meta><Data>200</Data></Item></Alert>",
        "Done</Type><Size xmlns=\"syncml:metinf\">9</Size></Meta><Data>200</Data><MoreData/></Item>\
         <Item><Meta><Type xmlns=\"syncml:metinf\">urn:x</Type></Meta></Item></Alert>",
        (5, "Item"),
        "<Item><Meta>",
    ),
    (
        Rule::FinalInObject,
        Client,
        "Done</Type></Meta><Data>200</Data></Item></Alert>\n",
        "Done</Type><Size xmlns=\"syncml:metinf\">9</Size></Meta><Data>200</Data><MoreData/></Item></Alert><Final/>",
        (0, "Final"),
        "<Final/>",
    ),
    (
        Rule::FinalWithNextMessage,
        Server,
        "<Final/>",
        "<Alert><CmdID>11</CmdID><Data>1222</Data></Alert><Final/>",
        (0, "Final"),
        "<Final/>",
    ),
    (
        Rule::AbortWithoutFinal,
        Client,
        "</SyncBody>",
        "<Alert><CmdID>6</CmdID><Data>1223</Data></Alert></SyncBody>",
        (0, "Final"),
        "<Alert><CmdID>6",
    ),
    (Rule::Unreadable, Server, "\n<Final/>", "<!-- -->text", (0, ""), "text"),
    (Rule::Unreadable, Server, "<Final/></SyncBody></SyncML>", "", (0, ""), "\0"),
];

/// The same findings without a message of theirs above.
const ELSEWHERE: &[Rule] = &[Rule::NotAMessage, Rule::TooMany, Rule::MessageTooLarge, Rule::NotText];

fn changed(row: &Row) -> String {
    let (rule, base, from, to, ..) = row;
    assert_eq!(base.message().matches(from).count(), 1, "{rule:?}: {from}");
    base.message().replace(from, to)
}

fn said<'a>(finding: &Finding<'a>) -> (Rule, u32, String) {
    (finding.rule, finding.number, finding.about.map(|about| about.to_string()).unwrap_or_default())
}

#[test]
fn right_messages_have_no_finding() {
    for base in [Server, Client, Sync, Chunk] {
        for role in [Role::Sender, Role::Receiver] {
            assert_eq!(base.validator(role).validate(base.message().as_bytes()), [], "{base:?}");
            assert_eq!(base.validator(role).validate(&wbxml(base, base.message()).unwrap()), [], "{base:?}");
        }
    }
}

#[test]
fn each_rule_is_found_alone_at_its_place() {
    let mut faults = Vec::new();
    for row in ROWS {
        let (rule, base, _, _, (number, about), at) = row;
        let message = changed(row);
        let expected = match *at {
            "\0" => message.len(),
            at => message.find(at).unwrap() + at.len() - at.trim_start().len(),
        };
        for role in [Role::Sender, Role::Receiver] {
            let findings = base.validator(role).validate(message.as_bytes());
            let found: Vec<_> = findings.iter().map(|finding| (said(finding), finding.offset)).collect();
            if found != [((*rule, *number, (*about).to_owned()), expected)] {
                faults.push(format!("{rule:?} at {expected}: {found:?} in {message}"));
                continue;
            }
            assert_eq!(findings[0].severity, rule.severity(role));
            assert_eq!(findings[0].error.is_some(), *rule == Rule::Unreadable);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The message in WBXML, if it can be written.
fn wbxml(base: Base, message: &str) -> Option<Vec<u8>> {
    let options = Options::new().vocabularies(&vocabulary::ALL);
    let mut octets = Vec::new();
    let mut writer = Writer::new(&mut octets, base.vocabulary()).unwrap();
    transcode(&mut AnyReader::new(message.as_bytes(), options).unwrap(), &mut writer).ok()?;
    Some(octets)
}

#[test]
fn wbxml_has_the_same_findings() {
    let mut count = 0;
    for row in ROWS {
        let (rule, base, ..) = row;
        // XML alone has these, and says the version by its namespace
        let is_of_xml =
            matches!(rule, Rule::UnescapedMarkup | Rule::BinInXml | Rule::OtherVocabulary | Rule::Unreadable);
        let Some(octets) = wbxml(*base, &changed(row)).filter(|_| !is_of_xml) else { continue };
        let validator = base.validator(Role::Sender);
        let message = changed(row);
        let expected: Vec<_> = validator.validate(message.as_bytes()).iter().map(said).collect();
        let found: Vec<_> = validator.validate(&octets).iter().map(said).collect();
        assert_eq!(found, expected, "{message}");
        count += 1;
    }
    assert!(count > ROWS.len() * 3 / 4, "{count} of {}", ROWS.len());
}

#[test]
fn each_rule_has_a_row() {
    let rows: BTreeSet<Rule> = ROWS.iter().map(|(rule, ..)| *rule).chain(ELSEWHERE.iter().copied()).collect();
    assert_eq!(rows, Rule::ALL.iter().copied().collect());
}

#[test]
fn no_rule_is_worse_for_receivers() {
    for rule in Rule::ALL {
        assert!(rule.severity(Role::Receiver) <= rule.severity(Role::Sender), "{rule:?}");
    }
}

#[test]
fn other_documents_are_no_messages() {
    let findings = Validator::new(Role::Sender).validate(b"\x03\x01\x6A\x00\x53\x01");
    assert!(findings.iter().map(said).eq([(Rule::NotAMessage, 0, "Get".to_owned())]));
    for octets in [&b""[..], b"\x03", b"<", b"\xFF\xFE<\0", b"<SyncML>"] {
        let findings = Validator::new(Role::Sender).validate(octets);
        assert_eq!(findings.last().map(|finding| finding.rule), Some(Rule::Unreadable), "{octets:?}");
    }
}

/// An inline string 0xFF as `VerDTD`, as the code of an alert and as a value of device management.
#[test]
fn octets_that_are_no_text_are_found() {
    let octets =
        b"\x03\xA4\x01\x6A\0\x6D\x6C\x71\x03\xFF\0\x01\x72\x03DM/1.2\0\x01\x01\x6B\x46\x4F\xC3\x01\xFF\x01\x01\
        \x60\x54\x67\x57\x03a\0\x01\x01\x4F\xC3\x01\xFF\x01\x01\x01\x01\x01";
    let findings = Validator::new(Role::Receiver).validate(octets);
    let found: Vec<_> = findings.iter().filter(|finding| finding.rule == Rule::NotText).collect();
    let places: Vec<_> = found.iter().map(|finding| (finding.number, finding.offset)).collect();
    assert_eq!(places, [(0, 7), (1, 25)]);
    assert!(findings.iter().any(|finding| finding.rule == Rule::MalformedData && finding.offset == 40));
}

#[test]
fn the_list_is_no_longer_than_its_limit() {
    let message = ["<SyncML><SyncBody>", &"<X/>".repeat(5000), "</SyncBody></SyncML>"].concat();
    let findings = Validator::new(Role::Sender).validate(message.as_bytes());
    assert_eq!(findings.len(), Validator::DEFAULT_LIMIT + 1);
    assert_eq!(findings.last().unwrap().rule, Rule::TooMany);
    let findings = Validator::new(Role::Sender).limit(0).validate(message.as_bytes());
    assert!(findings.iter().map(said).eq([(Rule::TooMany, 0, String::new())]));
    let findings = Validator::new(Role::Sender).limit(2).validate(b"<SyncML/>");
    assert!(findings.iter().all(|finding| finding.rule == Rule::Missing) && findings.len() == 2);
}

#[test]
fn sizes_are_looked_at_when_they_are_known() {
    let validator = Validator::new(Role::Sender).party(Party::Server);
    let message = SERVER.as_bytes();
    assert_eq!(validator.max_msg_size(message.len()).validate(message), []);
    let findings = validator.max_msg_size(message.len() - 1).validate(message);
    assert!(findings.iter().map(said).eq([(Rule::MessageTooLarge, 0, String::new())]));
    assert_eq!(findings[0].action(), Action::Answer(StatusCode::REQUEST_ENTITY_TOO_LARGE));
    assert_eq!(validator.max_obj_size(6).validate(message), []);
    let findings = validator.max_obj_size(5).validate(message);
    assert!(findings.iter().map(said).eq([(Rule::ObjectTooLarge, 3, "Item".to_owned())]));
}

/// DM Protocol 1.2, large objects: the chunks of an object, one message each.
#[test]
fn chunks_have_no_finding() {
    let chunk = |data: &str| {
        SERVER.replace(
        "<Item><Data>This</Data></Item></Alert>\n<Final/>",
        &["<Item><Data>This</Data></Item></Alert><Add><CmdID>11</CmdID><Item><Target><LocURI>./L</LocURI></Target>", data,
          "</Item></Add>"].concat(),
    )
    };
    let b64 = "<Format xmlns='syncml:metinf'>b64</Format>";
    let first = chunk(&format!("<Meta>{b64}<Size xmlns='syncml:metinf'>8</Size></Meta><Data>AAA</Data><MoreData/>"));
    let alone = Validator::new(Role::Sender);
    assert_eq!(alone.validate(first.as_bytes()), []);
    let only = |data: &str| {
        [
            "<Add><CmdID>1</CmdID><Item><Target><LocURI>./L</LocURI></Target><Meta>",
            b64,
            "</Meta>",
            data,
            "</Item></Add>",
        ]
        .concat()
    };
    for data in ["<Data>AAA</Data><MoreData/>", "<Data>AA</Data>"] {
        assert_eq!(alone.continues().validate_fragment(only(data).as_bytes()), []);
        assert_eq!(alone.validate_fragment(only(data).as_bytes()).len(), 1);
    }
}

#[test]
fn findings_name_their_place() {
    let octets = b"\x03\xA4\x01\x6A\0\x6D\x6B\x60\x14\x4B\x037\0\x01\x01\x01\x01";
    let findings = Validator::new(Role::Sender).validate(octets);
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "message, at octet 5: SyncHdr is missing; the answer is 400 (Bad request)",
            "command 1, Replace with CmdID 7, at octet 8: Item has neither Target nor Source; the answer is 404 (Not found)",
            "command 1, Replace with CmdID 7, at octet 9: CmdID stands behind an element that it has to precede; \
             receivers take it as it is",
        ]
    );
    assert_eq!(findings[0].severity, Severity::Error);
    let findings = Validator::new(Role::Receiver).validate_fragment(b"<Status><CmdID>1</CmdID></Status>");
    assert!(findings.iter().all(|finding| finding.action() == Action::IgnoreElement) && findings.len() == 4);
    let findings = Validator::new(Role::Sender).validate_fragment(b"<Get><CmdID>1</CmdID>x</Get>");
    assert_eq!(
        findings[0].to_string(),
        "command 1, Get with CmdID 1, at octet 21: cannot be read any further; text stands where only elements are allowed; \
         receivers give up"
    );
}

/// Groups as deep as a reader takes them, each with its id at its end.
#[test]
fn depth_costs_nothing() {
    let depth = 250;
    let mut message = String::from("<SyncML><SyncBody>");
    message.push_str(&"<Sequence>".repeat(depth));
    for level in 0..depth {
        message.push_str(&format!("<CmdID>{level}a</CmdID></Sequence>"));
    }
    message.push_str("</SyncBody></SyncML>");
    let findings = Validator::new(Role::Sender).limit(10_000).validate(message.as_bytes());
    assert!(findings.iter().all(|finding| finding.number == 0 || finding.cmd_id.is_some()));
}
