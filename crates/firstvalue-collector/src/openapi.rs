//! The description of everything that can be asked, generated from the code: `openapi.json`.

mod ingest;

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::{api, health, metrics, outcomes, playbook, settings, state};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Firstvalue collector",
        description = "Takes events in, decides about milestones, and answers what they say. Times are \
                       milliseconds since the epoch. What is refused comes as \
                       `{\"error\": {\"code\", \"message\"}}`; codes stay the same."
    ),
    paths(
        ingest::batch, ingest::call, ingest::posthog,
        playbook::serve, state::serve, outcomes::serve, settings::serve,
        health::live, health::ready, metrics::serve,
        api::overview::serve, api::guides::serve, api::delivery::serve,
        api::milestone_users::serve, api::milestone_accounts::serve, api::events::serve, api::live::serve,
        api::users::serve, api::accounts::list, api::accounts::one,
        api::user::serve, api::timeline::serve, api::erase::serve, api::export::serve_user, api::export::serve,
        api::quarantine::serve, api::audit::serve,
        api::playbooks::list, api::playbooks::one, api::playbooks::check, api::playbooks::publish,
        api::playbooks::restore,
    ),
    components(schemas(ingest::Call)),
    modifiers(&Credentials),
    tags(
        (name = "clients", description = "For pages and servers, with the write key"),
        (name = "queries", description = "For people, with an admin token"),
        (name = "playbook", description = "Versions of the playbook, with an admin token"),
        (name = "operation", description = "For whoever runs it"),
    )
)]
struct Description;

/// How the two kinds of credential are sent.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        for (name, scheme) in [
            ("write_key", HttpAuthScheme::Basic),
            ("admin_token", HttpAuthScheme::Bearer),
        ] {
            components.add_security_scheme(name, SecurityScheme::Http(Http::new(scheme)));
        }
    }
}

/// The description, as JSON.
///
/// # Errors
/// If it cannot be written, which a test rules out.
pub fn openapi() -> serde_json::Result<String> {
    Description::openapi().to_pretty_json().map(|mut json| {
        json.push('\n');
        json
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_have_names_of_their_own() {
        let description: serde_json::Value =
            serde_json::from_str(&super::openapi().unwrap()).unwrap();
        let paths = description["paths"].as_object().unwrap().values();
        let operations = paths.flat_map(|path| path.as_object().unwrap().values());
        let mut names: Vec<_> = operations
            .map(|operation| operation["operationId"].as_str().unwrap().to_owned())
            .collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn the_committed_description_is_that_of_the_code() {
        let committed = include_str!("../openapi.json");
        assert_eq!(
            super::openapi().unwrap(),
            committed,
            "run `cargo run -p firstvalue-cli -- openapi > crates/firstvalue-collector/openapi.json`"
        );
    }
}
