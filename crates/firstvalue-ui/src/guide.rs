//! A guide as a component of a yew application, without the loader and the core package.

use std::rc::Rc;

use firstvalue_model::guide::GuideContent;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::{App, AppProps, Msg};
use crate::page::document;
use crate::page::root::Root;

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `step` (it was seen), `answered`, `completed`, `dismissed`, `snoozed`, `missing` (its target did not
    /// come), or what a button asks for: `start`, `track`, `action`.
    pub kind: String,
    /// The step, from 0.
    pub step: u32,
    /// More of it: JSON, or the name that a button says.
    pub detail: String,
}

/// Properties of [`GuideView`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct GuideProps {
    /// What is shown. Another one is shown in its place.
    pub content: Rc<GuideContent>,
    /// The step to begin with.
    #[prop_or_default]
    pub step: usize,
    /// The language of the reader.
    #[prop_or(AttrValue::Static("en"))]
    pub locale: AttrValue,
    /// What texts may name: a JSON object with the traits of the reader.
    #[prop_or(AttrValue::Static("{}"))]
    pub user: AttrValue,
    /// Told what becomes of its steps.
    #[prop_or_default]
    pub on_report: Callback<Report>,
}

/// Shows a guide above the page for as long as it is part of the application.
///
/// # Example
/// ```
/// use std::rc::Rc;
///
/// use firstvalue_model::guide::{Checklist, GuideContent, GuideKind, Step, Text, Theme};
/// use firstvalue_ui::guide::GuideView;
/// use yew::prelude::*;
///
/// #[component]
/// fn Welcome() -> Html {
///     let content = Rc::new(GuideContent {
///         kind: GuideKind::Modal,
///         title: None,
///         slot: None,
///         checklist: Checklist::default(),
///         panel: None,
///         theme: Theme::default(),
///         steps: vec![Step {
///             title: Some(Text::from("Welcome")),
///             ..Step::default()
///         }],
///     });
///     html! { <GuideView {content} /> }
/// }
/// ```
pub struct GuideView(Option<Mounted>);

/// Our element in the page, and what draws in it.
struct Mounted {
    element: HtmlElement,
    app: Option<AppHandle<App>>,
    _report: Closure<dyn FnMut(String, u32, String)>,
}

impl Mounted {
    fn new(ctx: &Context<GuideView>) -> Option<Self> {
        let document = document()?;
        let element = document.create_element("fv-root").ok()?;
        let element: HtmlElement = element.dyn_into().ok()?;
        document.body()?.append_child(&element).ok()?;
        let link = ctx.link().clone();
        let report = Closure::<dyn FnMut(String, u32, String)>::new(move |kind, step, detail| {
            link.send_message(Report { kind, step, detail });
        });
        let root = Rc::new(Root::new(element.clone())?);
        let nowhere = root.nowhere().clone();
        let props = AppProps {
            root,
            report: report.as_ref().unchecked_ref::<js_sys::Function>().clone(),
            draw: None,
        };
        let app = yew::Renderer::<App>::with_root_and_props(nowhere, props).render();
        Some(Self {
            element,
            app: Some(app),
            _report: report,
        })
    }

    fn show(&self, props: &GuideProps) {
        let mut context = "{\"locale\":".to_owned();
        firstvalue_model::json::write_text(&props.locale, &mut context);
        context.push_str(",\"user\":");
        context.push_str(&props.user);
        context.push('}');
        let Ok(guide) = serde_json::to_string(&*props.content) else {
            return;
        };
        if let (Some(app), Ok(message)) = (&self.app, Msg::show(&guide, props.step, &context)) {
            app.send_message(message);
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.element.remove();
    }
}

impl Component for GuideView {
    type Message = Report;
    type Properties = GuideProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mounted = Mounted::new(ctx);
        if let Some(mounted) = &mounted {
            mounted.show(ctx.props());
        }
        Self(mounted)
    }

    fn update(&mut self, ctx: &Context<Self>, report: Report) -> bool {
        ctx.props().on_report.emit(report);
        false
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &GuideProps) -> bool {
        let props = ctx.props();
        let same = GuideProps {
            on_report: before.on_report.clone(),
            ..props.clone()
        };
        if let Some(mounted) = self.0.as_ref().filter(|_| same != *before) {
            mounted.show(props);
        }
        false
    }

    fn view(&self, _: &Context<Self>) -> Html {
        Html::default()
    }
}
