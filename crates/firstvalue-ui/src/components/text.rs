//! Marked-up text as nodes.

use yew::prelude::*;

use crate::content::markdown::{Block, Inline};

/// Draws a text. Every element and attribute name is written here; what an author wrote is only ever
/// text or an address that [`crate::content::link`] has let through.
pub fn text(blocks: &[Block]) -> Html {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(content) => html! { <p>{ inlines(content) }</p> },
        Block::List(items) => html! {
            <ul>{ for items.iter().map(|item| html! { <li>{ inlines(item) }</li> }) }</ul>
        },
    }
}

fn inlines(content: &[Inline]) -> Html {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Html {
    match inline {
        Inline::Text(text) => html! { text },
        Inline::Strong(content) => html! { <strong>{ inlines(content) }</strong> },
        Inline::Emphasis(content) => html! { <em>{ inlines(content) }</em> },
        Inline::Code(code) => html! { <code>{ code }</code> },
        Inline::Break => html! { <br /> },
        Inline::Link { href, content } => {
            let target = href.leaves.then_some("_blank");
            html! {
                <a href={href.address.clone()} {target} rel="noopener noreferrer">{ inlines(content) }</a>
            }
        }
    }
}
