//! A named number with an optional note under it.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub name: AttrValue,
    pub value: AttrValue,
    #[prop_or_default]
    pub note: Option<Html>,
}

#[component]
pub fn Figure(props: &Props) -> Html {
    html! {
        <div class="figure">
            <dt>{props.name.clone()}</dt>
            <dd class="figure-value">{props.value.clone()}</dd>
            if let Some(note) = props.note.clone() {
                <dd class="note">{note}</dd>
            }
        </div>
    }
}
