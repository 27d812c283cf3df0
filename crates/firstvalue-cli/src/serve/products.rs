//! The products of a collector, from what was set.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use firstvalue_collector::{ProductConfig, Rate, Secret, WriteKey};

use super::keys::Keys;
use super::settings::{KeySettings, ProductSettings, Settings};
use crate::{data_folder, output, playbook_file};

/// The playbook that is used if none is named and a file of this name is here.
const USUAL_PLAYBOOK: &str = "playbook.yaml";

/// How many seconds of a rate may come at once, if that is not said.
const USUAL_BURST: f64 = 10.0;

/// The products with their stores, and the keys that were made for them now, to be shown.
pub fn read(
    settings: &Settings,
    data: &Path,
) -> anyhow::Result<(Vec<ProductConfig>, Option<Keys>)> {
    if settings.products.is_empty() {
        let (product, made) = only(settings, data)?;
        return Ok((vec![product], made));
    }
    let alone = [
        ("playbook", settings.playbook.is_some()),
        ("write-key", settings.write_key.is_some()),
        ("admin-token", settings.admin_token.is_some()),
        ("identity-secret", settings.identity_secret.is_some()),
        ("origins", !settings.origins.is_empty()),
        ("rate", settings.rate.is_some()),
    ];
    if let Some((name, _)) = alone.iter().find(|(_, given)| *given) {
        bail!("`{name}` is for a collector of one product; say it of each `[[product]]`");
    }
    all_different(&settings.products)?;
    let products = settings.products.iter();
    let products = products.map(|product| one_of_several(product, data, settings.keep_days));
    Ok((products.collect::<anyhow::Result<_>>()?, None))
}

fn only(settings: &Settings, data: &Path) -> anyhow::Result<(ProductConfig, Option<Keys>)> {
    let playbook = playbook(settings.playbook.as_deref())?;
    let keys = Keys::of(
        data,
        settings.write_key.as_deref(),
        settings.admin_token.as_deref(),
        settings.identity_secret.as_deref(),
    )?;
    let key = KeySettings {
        key: keys.write_key.clone(),
        origins: settings.origins.clone(),
        rate: settings.rate,
        burst: settings.burst,
    };
    let product = ProductConfig {
        playbook,
        write_keys: vec![write_key(&key)?],
        admin_tokens: vec![Secret::new(&keys.admin_token)],
        identity_secret: keys.identity_secret.clone(),
        keep_days: settings.keep_days,
        store: data_folder::open(data)?,
    };
    Ok((product, keys.made_now.then_some(keys)))
}

fn one_of_several(
    product: &ProductSettings,
    data: &Path,
    keep_days: Option<u32>,
) -> anyhow::Result<ProductConfig> {
    let name = &product.name;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    ensure!(
        !name.is_empty() && name.chars().all(plain),
        "the product `{name}` needs a name of letters, digits, `-` and `_`: it names its folder"
    );
    ensure!(
        !product.write_keys.is_empty() && !product.admin_tokens.is_empty(),
        "the product `{name}` needs at least one write key and one admin token"
    );
    let tokens = product.admin_tokens.iter();
    ensure!(
        tokens.clone().all(|token| !token.is_empty()),
        "an admin token of the product `{name}` is empty"
    );
    let keys = product.write_keys.iter().map(write_key);
    Ok(ProductConfig {
        playbook: playbook(Some(&product.playbook))?,
        write_keys: keys
            .collect::<anyhow::Result<_>>()
            .with_context(|| format!("the product `{name}`"))?,
        admin_tokens: tokens.map(|token| Secret::new(token)).collect(),
        identity_secret: product.identity_secret.clone(),
        keep_days: product.keep_days.or(keep_days),
        store: data_folder::open(&data.join(name))?,
    })
}

/// A key that opened two products would open only the first.
fn all_different(products: &[ProductSettings]) -> anyhow::Result<()> {
    let (mut names, mut keys) = (HashSet::new(), HashSet::new());
    for product in products {
        let name = &product.name;
        ensure!(names.insert(name), "there are two products `{name}`");
        let all = product.write_keys.iter().map(|key| &key.key);
        for key in all.chain(&product.admin_tokens) {
            ensure!(
                keys.insert(Secret::new(key).to_string()),
                "a key of the product `{name}` is used twice"
            );
        }
    }
    Ok(())
}

fn write_key(settings: &KeySettings) -> anyhow::Result<WriteKey> {
    ensure!(!settings.key.is_empty(), "a write key is empty");
    let key = WriteKey::new(Secret::new(&settings.key)).for_origins(settings.origins.clone());
    let Some(per_second) = settings.rate else {
        ensure!(settings.burst.is_none(), "a burst needs a rate");
        return Ok(key);
    };
    let burst = settings.burst.unwrap_or(per_second * USUAL_BURST).max(1.0);
    ensure!(
        per_second.is_finite() && per_second > 0.0 && burst.is_finite(),
        "the rate of a write key must be more than no events a second"
    );
    Ok(key.at_rate(Rate { per_second, burst }))
}

/// The playbook as it is written.
fn playbook(path: Option<&Path>) -> anyhow::Result<Option<String>> {
    let usual = PathBuf::from(USUAL_PLAYBOOK);
    let path = match path {
        Some(path) => path,
        None if usual.exists() => &usual,
        None => {
            output::say(format_args!(
                "there is no `{USUAL_PLAYBOOK}` here and none is named by --playbook: events \
                 are collected, and nothing is decided unless a playbook was published before"
            ));
            return Ok(None);
        }
    };
    let (_, text) = playbook_file::with_text(path)?;
    Ok(Some(text))
}
