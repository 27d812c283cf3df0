//! What stands on the page until the first user comes: how to embed Firstvalue.

use super::code::Code;
use yew::prelude::*;

#[component]
pub fn FirstSteps() -> Html {
    let origin = web_sys::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default();
    html! {
        <section class="panel first-steps" aria-labelledby="first-steps-title">
            <h2 id="first-steps-title">{"No users yet"}</h2>
            <p>
                {"Put these lines into your product’s pages. This page fills as soon as the first \
                  event arrives."}
            </p>
            <Code label="Lines to embed" text={embedding(&origin)} />
            <ul>
                <li>
                    {"The write key was printed when the collector first started. It can only \
                      add events."}
                </li>
                <li>
                    {"Call "}<code>{"firstvalue.track(\"report.created\", { rows: 120 })"}</code>
                    {" wherever something happens that your playbook speaks of."}
                </li>
                <li>
                    {"If your pages have a content security policy, it needs "}
                    <code>{"'wasm-unsafe-eval'"}</code>{" and this address in "}<code>{"script-src"}</code>
                    {" and "}<code>{"connect-src"}</code>{"."}
                </li>
            </ul>
        </section>
    }
}

/// The page's own address is the collector's.
fn embedding(origin: &str) -> String {
    format!(
        r#"<script type="module">
  import {{ firstvalue }} from "{origin}/sdk/firstvalue.js";
  firstvalue.init({{ writeKey: "YOUR_WRITE_KEY", endpoint: "{origin}" }});
  firstvalue.identify("user-42", {{ createdAt: "2026-01-31", plan: "trial" }});
</script>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedding_takes_five_lines() {
        let lines = embedding("https://value.example.com");
        assert_eq!(lines.lines().count(), 5);
        assert!(lines.contains(r#"from "https://value.example.com/sdk/firstvalue.js""#));
    }
}
