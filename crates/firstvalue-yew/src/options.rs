//! What `init` takes.

use serde::Serialize;
use serde_json::Value;

/// What [`init`](crate::init) takes; what is `None` is as the script itself has it. A script tag that has the write
/// key needs none of this.
///
/// ```
/// let options = firstvalue_yew::Options {
///     write_key: "YOUR-KEY".to_owned(),
///     endpoint: Some("https://collector.example.com".to_owned()),
///     ..Default::default()
/// };
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    /// Says to the collector which product this is. It can only add events, so it may be public.
    pub write_key: String,
    /// Address of the collector; otherwise where the script came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The compiled playbook (what `firstvalue compile` prints), or its address; otherwise the collector is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playbook: Option<Value>,
    /// Language of the guides, as a language tag; otherwise that of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Where events and progress are kept until they are delivered; otherwise on the device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<Storage>,
    /// What the user has agreed to; otherwise `Local` in browsers that send a Global Privacy Control or Do Not
    /// Track signal, else `Full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The HMAC-SHA256 of the user's id with the collector's identity secret, in hexadecimal, made by your server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_hash: Option<String>,
    /// Who is told of milestones and guides as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forward: Vec<Forward>,
    /// The parameters of the address's query that are recorded; all others never are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<String>,
    /// Whether each change of the address counts as a page; otherwise it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_page: Option<bool>,
    /// Selector of frames of the page's own origin in which the playbook's rules count as on the page itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frames: Option<String>,
    /// Lets guides begin also where a program drives the browser, for tests that are about them; otherwise none
    /// does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automation: Option<bool>,
    /// Folder that holds the `firstvalue_*` files; otherwise that of the script.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<String>,
    /// Milliseconds until a package that has not arrived is given up for this page; otherwise 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_timeout: Option<u32>,
}

/// Where something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Storage {
    /// In IndexedDB, across reloads.
    Device,
    /// In the page: progress is forgotten when it is left.
    Memory,
}

/// What the user has agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    /// Nothing is loaded, kept or sent.
    None,
    /// Milestones are decided and guides shown on this device, and nothing is sent.
    Local,
    /// Events are sent as well.
    Full,
}

/// Something else that measures the host, as it stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Forward {
    /// `window.analytics`.
    Segment,
    /// `window.rudderanalytics`.
    Rudderstack,
    /// `window.posthog`.
    Posthog,
    /// `window.dataLayer`.
    #[serde(rename = "dataLayer")]
    DataLayer,
}
