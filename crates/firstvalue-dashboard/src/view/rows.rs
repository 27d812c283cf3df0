//! Answers of the collector as rows of tables.

use super::answer::{
    account, beginning, by, float, items, listing, milestones, moment, number, one_table, or_dash,
    stage, time, who, words,
};
use super::deed::Deed;
use super::listing::{Cell, Line, Listing};
use crate::api::Overview;
use crate::format::{count, decimal, duration, share};
use serde_json::Value;

pub fn accounts(text: &str, overview: &Overview) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let rows = items(&all, "accounts").iter().map(|one| {
        let milestones = items(one, "milestones").iter().map(|milestone| {
            let title = overview.milestone_title(&words(milestone, "id"));
            match number(milestone, "ttv_ms") {
                Some(ttv) => format!("{title} in {}", duration(ttv)),
                None => title,
            }
        });
        let users = number(one, "users").unwrap_or_default().unsigned_abs();
        let mut cells = vec![
            account(one),
            Cell::Number(count(users)),
            moment(one, "signup_at"),
            Cell::Text(or_dash(milestones.collect::<Vec<_>>().join(", "))),
        ];
        if overview.health.of_accounts {
            let health = float(one, "health").map(decimal);
            cells.push(Cell::Number(or_dash(health.unwrap_or_default())));
        }
        cells
    });
    Ok(one_table(&all, "after", rows.collect()))
}

pub fn users(text: &str, overview: &Overview) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let rows = items(&all, "users").iter().map(|user| {
        let mut cells = member(user, overview);
        cells.insert(1, account(user));
        cells
    });
    Ok(one_table(&all, "after", rows.collect()))
}

/// A user as a row, without the account.
pub fn member(user: &Value, overview: &Overview) -> Line {
    vec![
        who(words(user, "user")),
        moment(user, "signup_at"),
        moment(user, "last_seen_at"),
        stage(user, overview),
        milestones(user, overview),
    ]
}

/// Who has reached a milestone, be it users or accounts.
pub fn reached(text: &str, _: &Overview) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let (users, accounts) = (items(&all, "users"), items(&all, "accounts"));
    let rows = users.iter().chain(accounts).map(|one| {
        let user = words(one, "user");
        vec![
            if user.is_empty() {
                account(one)
            } else {
                who(user)
            },
            moment(one, "reached_at"),
            time(one, "ttv_ms"),
        ]
    });
    Ok(one_table(&all, "after", rows.collect()))
}

pub fn versions(text: &str, _: &Overview) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let in_force = number(&all, "in_force");
    let mut listing = listing(&all, "versions", "version", |one| {
        let name = number(one, "version").unwrap_or_default().to_string();
        vec![
            Cell::Text(name.clone()),
            moment(one, "at"),
            Cell::Text(or_dash(words(one, "note"))),
            Cell::Text(by(one)),
            Cell::Deeds(vec![Deed::Restore(name)]),
        ]
    });
    let in_force = in_force.map(|version| Cell::Text(version.to_string()));
    for row in listing.rows.iter_mut().flatten() {
        if let [version, .., deeds] = row.as_mut_slice()
            && Some(&*version) == in_force.as_ref()
            && let Cell::Text(text) = version
        {
            *version = Cell::Marked(std::mem::take(text), "in force");
            // There is nothing to go back to.
            *deeds = Cell::Text(or_dash(String::new()));
        }
    }
    Ok(listing)
}

/// What came of what was sent: all of it, and then by browser and transport.
pub fn delivery(text: &str, _: &Overview) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let ways = items(&all, "ways");
    let row = |messages: &Value, browser: String, transport: String| {
        let number = |name| {
            let number = number(messages, name).unwrap_or_default();
            Cell::Number(count(number.unsigned_abs()))
        };
        let loss = float(messages, "loss").map(share);
        vec![
            Cell::Text(browser),
            Cell::Text(transport),
            number("delivered"),
            number("awaited"),
            number("lost"),
            Cell::Number(or_dash(loss.unwrap_or_default())),
        ]
    };
    let of_all = all.get("all").filter(|_| !ways.is_empty());
    let of_all = of_all.map(|all| row(all, String::from("All"), or_dash(String::new())));
    let ways = ways.iter().map(|way| {
        let browser = match words(way, "browser") {
            name if name.is_empty() => String::from("unknown"),
            name => name,
        };
        row(way, browser, words(way, "transport"))
    });
    let rows = of_all.into_iter().chain(ways);
    Ok(one_table(&all, "", rows.collect()))
}

pub fn refused(text: &str, _: &Overview) -> serde_json::Result<Listing> {
    let all = serde_json::from_str(text)?;
    Ok(listing(&all, "refused", "id", |one| {
        let user = words(one, "user");
        vec![
            Cell::Text(words(one, "reason")),
            moment(one, "received_at"),
            if user.is_empty() {
                Cell::Text(String::from("nobody"))
            } else {
                who(user)
            },
            Cell::Code(beginning(&words(one, "body"))),
        ]
    }))
}

pub fn deeds(text: &str, _: &Overview) -> serde_json::Result<Listing> {
    let all = serde_json::from_str(text)?;
    Ok(listing(&all, "deeds", "id", |one| {
        vec![
            Cell::Text(words(one, "action")),
            moment(one, "at"),
            Cell::Text(words(one, "subject")),
            Cell::Text(words(one, "detail")),
            Cell::Text(by(one)),
        ]
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::listing::{ROWS, tests::overview};

    #[test]
    fn all_of_delivery_comes_first() {
        let messages = r#""delivered":12000,"awaited":2,"lost":3"#;
        let text = format!(
            r#"{{"all":{{{messages},"loss":0.00025}},"ways":[
                {{"browser":"Firefox","transport":"beacon",{messages},"loss":0.021}},
                {{"browser":null,"transport":"unknown",{messages},"loss":null}}]}}"#
        );
        let [rows] = delivery(&text, &overview())
            .unwrap()
            .rows
            .try_into()
            .unwrap();
        let texts = |row: &Line| {
            row.iter()
                .map(|cell| match cell {
                    Cell::Text(text) | Cell::Number(text) => text.clone(),
                    cell => panic!("{cell:?}"),
                })
                .collect::<Vec<_>>()
        };
        let expected = [
            ["All", "–", "12,000", "2", "3", "<0.1%"],
            ["Firefox", "beacon", "12,000", "2", "3", "2.1%"],
            ["unknown", "unknown", "12,000", "2", "3", "–"],
        ];
        assert_eq!(rows.iter().map(texts).collect::<Vec<_>>(), expected);
        let nothing = r#"{"all":{"delivered":0,"awaited":0,"lost":0,"loss":null},"ways":[]}"#;
        assert_eq!(
            delivery(nothing, &overview()).unwrap().rows,
            [Vec::<Line>::new()]
        );
    }

    #[test]
    fn an_account_says_how_soon_it_got_where() {
        let text = r#"{"accounts":[{"account":"a/b","users":1200,"signup_at":null,"milestones":[
            {"id":"team-active","reached_at":9,"ttv_ms":7200000},{"id":"big","reached_at":9}]}],
            "next":"a/b"}"#;
        let listing = accounts(text, &overview()).unwrap();
        assert_eq!(
            listing.rows[0][0],
            [
                Cell::Link(String::from("#/accounts/a%2Fb"), String::from("a/b")),
                Cell::Number(String::from("1,200")),
                Cell::Text(String::from("–")),
                Cell::Text(String::from("team-active in 2 h, big")),
            ]
        );
        let next = listing.next.unwrap();
        assert_eq!(next, "&after=a%2Fb");
    }

    #[test]
    fn a_full_part_goes_on_before_its_last_row() {
        let deed = |id: usize| {
            format!(
                r#"{{"id":{id},"at":1,"actor":"file","action":"publish","subject":"","detail":""}}"#
            )
        };
        let all: Vec<String> = (1..=ROWS).rev().map(deed).collect();
        let text = |deeds: &[String]| format!(r#"{{"deeds":[{}]}}"#, deeds.join(","));
        let listing = deeds(&text(&all), &overview()).unwrap();
        assert_eq!(listing.next.unwrap(), "&before=1");
        assert_eq!(deeds(&text(&all[1..]), &overview()).unwrap().next, None);
    }
}
