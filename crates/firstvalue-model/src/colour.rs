//! Text that can be read on, and in, an author's accent colour (WCAG 2.2, 1.4.3).

/// The least contrast between text and what is behind it.
pub const READABLE: f64 = 4.5;

/// A colour by its sRGB parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// White.
pub const WHITE: Colour = Colour([255; 3]);
/// The darkest text.
pub const INK: Colour = Colour([0x12, 0x14, 0x1d]);
/// What text stands on in the light scheme.
pub const LIGHT_SURFACE: Colour = WHITE;
/// What text stands on in the dark scheme; `--fv-surface` in the renderer's `style/tokens.css`.
pub const DARK_SURFACE: Colour = Colour([0x20, 0x22, 0x2b]);

impl Colour {
    /// Reads `#rrggbb`.
    pub fn read(written: &str) -> Option<Self> {
        let digits = written
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Writes `#rrggbb`.
    pub fn write(self) -> String {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        let mut text = String::from("#");
        for part in self.0 {
            text.push(digit(part >> 4));
            text.push(digit(part & 15));
        }
        text
    }

    /// Relative luminance, from 0 to 1. A cubic stands in for the gamma curve: it is off by less
    /// than 0.003, and a general power function would be most of this module's bytes.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let c = f64::from(part) / 255.0;
            c * (c * (c * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour of text on this one: white if that can be read, else the darkest text.
    pub fn text_on(self) -> Self {
        if self.contrast(WHITE) >= READABLE {
            WHITE
        } else {
            INK
        }
    }

    /// This colour, moved towards black or white only as far as it takes to be read on `surface`.
    pub fn readable_on(self, surface: Self) -> Self {
        let goal = if surface.luminance() > 0.5 {
            INK
        } else {
            WHITE
        };
        (0..=10)
            .map(|tenths| self.mixed(goal, tenths))
            .find(|colour| colour.contrast(surface) >= READABLE)
            .unwrap_or(goal)
    }

    fn mixed(self, other: Self, tenths: u16) -> Self {
        let mut parts = self.0;
        for (part, goal) in parts.iter_mut().zip(other.0) {
            let sum = u16::from(*part) * (10 - tenths) + u16::from(goal) * tenths;
            *part = u8::try_from(sum / 10).unwrap_or(u8::MAX);
        }
        Self(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes() {
        assert_eq!(Colour::read("#0a5CFF"), Some(Colour([10, 92, 255])));
        assert_eq!(Colour([10, 92, 255]).write(), "#0a5cff");
        for wrong in [
            "", "#fff", "0a5cff", "#0a5cf", "#0a5cfg", "#0a5cff0", "red", "#ää1",
        ] {
            assert_eq!(Colour::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn agrees_with_the_exact_formula() {
        fn exact(colour: Colour) -> f64 {
            let [r, g, b] = colour.0.map(|part| {
                let c = f64::from(part) / 255.0;
                if c <= 0.04045 {
                    c / 12.92
                } else {
                    ((c + 0.055) / 1.055).powf(2.4)
                }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        }
        for step in 0..=255u8 {
            let grey = Colour([step; 3]);
            assert!((grey.luminance() - exact(grey)).abs() < 0.003, "{step}");
        }
    }

    #[test]
    fn yellow_takes_dark_text_and_blue_takes_white() {
        assert_eq!(Colour([255, 210, 0]).text_on(), INK);
        assert_eq!(Colour([30, 60, 200]).text_on(), WHITE);
    }

    proptest! {
        #[test]
        fn any_accent_can_be_read(parts: [u8; 3]) {
            let accent = Colour(parts);
            // Ink and white are nearly as far apart as can be, so one of them is always close to enough.
            prop_assert!(accent.contrast(accent.text_on()) >= 4.2);
            for surface in [LIGHT_SURFACE, DARK_SURFACE] {
                prop_assert!(accent.readable_on(surface).contrast(surface) >= READABLE);
            }
        }
    }
}
