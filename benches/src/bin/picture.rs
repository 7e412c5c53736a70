//! Draws the picture of the README from the lines that `compare --tsv` prints: nanoseconds for one document, shorter
//! bars are faster, each line ten times the one before.
//!
//! ```text
//! compare --tsv | picture > benches/comparison.svg
//! ```

use std::fmt::Write as _;
use std::io::{self, Read};
use std::process::ExitCode;

use benches::case::Who;
use benches::headline;
use benches::table::Table;

/// Who stands in which colour.
const COLOURS: [(Who, &str); 5] = [
    (Who::Us, "#1f6f8b"),
    (Who::Libwbxml, "#b5533c"),
    (Who::QuickXml, "#c9a227"),
    (Who::QuickXmlSerde, "#7a6c5d"),
    (Who::Postcard, "#6b8e4e"),
];

const LEFT: f64 = 250.0;
const DECADE: f64 = 110.0;
const BAR: f64 = 14.0;
const GAP: f64 = 16.0;

fn main() -> ExitCode {
    let mut text = String::new();
    let fault = match io::stdin().read_to_string(&mut text) {
        Ok(_) => match Table::parse(&text) {
            Ok(table) => {
                print!("{}", draw(&table));
                return ExitCode::SUCCESS;
            }
            Err(line) => format!("line {line} is no line of the table"),
        },
        Err(error) => error.to_string(),
    };
    eprintln!("picture: {fault}");
    ExitCode::from(2)
}

/// How far to the right a time is, from 100 ns on.
fn along(nanoseconds: f64) -> f64 {
    LEFT + (nanoseconds.max(100.0).log10() - 2.0) * DECADE
}

/// A time as people write it.
fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        small if small < 1e3 => format!("{small:.0} ns"),
        middle if middle < 1e6 => format!("{:.1} µs", middle / 1e3),
        large => format!("{:.1} ms", large / 1e6),
    }
}

fn draw(table: &Table) -> String {
    let mut bars = String::new();
    let mut y = 34.0;
    for (task, input, label) in headline::ROWS {
        let figures: Vec<(Who, f64)> = table.figures(task, input).collect();
        if figures.is_empty() {
            continue;
        }
        let middle = y + BAR * figures.len() as f64 / 2.0 + 4.0;
        _ = writeln!(bars, r#"<text x="{}" y="{middle:.0}" text-anchor="end">{label}</text>"#, LEFT - 10.0);
        for (who, figure) in figures {
            let colour = COLOURS.iter().find(|(known, _)| *known == who).map_or("#888888", |(_, colour)| colour);
            let (end, height) = (along(figure), BAR - 2.0);
            _ = writeln!(
                bars,
                r#"<rect x="{LEFT}" y="{y:.0}" width="{:.1}" height="{height}" fill="{colour}"/>"#,
                end - LEFT
            );
            let (x, baseline) = (end + 5.0, y + BAR - 4.0);
            _ = writeln!(
                bars,
                r##"<text x="{x:.1}" y="{baseline:.0}" fill="#555555">{}, {}</text>"##,
                who.name(),
                time(figure)
            );
            y += BAR;
        }
        y += GAP;
    }
    let mut lines = String::new();
    for (decade, label) in ["100 ns", "1 µs", "10 µs", "100 µs", "1 ms"].into_iter().enumerate() {
        let x = LEFT + DECADE * decade as f64;
        _ = writeln!(lines, r##"<line x1="{x}" y1="24" x2="{x}" y2="{y:.0}" stroke="#dddddd"/>"##);
        _ = writeln!(lines, r##"<text x="{x}" y="16" text-anchor="middle" fill="#555555">{label}</text>"##);
    }
    let width = LEFT + DECADE * 5.2;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {y:.0}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#ffffff"/>
{lines}{bars}</svg>
"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stands_for_each_figure() {
        let text =
            "task\tinput\toctets\twho\tfigure\ndrive\tdm_16k\t15027\tus\t1000\ndrive\tdm_16k\t1\tlibwbxml\t100000\n";
        let picture = draw(&Table::parse(text).unwrap());
        assert_eq!(picture.matches("<rect x=").count(), 2);
        assert!(picture.contains(r#"width="110.0""#) && picture.contains(r#"width="330.0""#), "{picture}");
        assert!(picture.contains(">us, 1.0 µs</text>") && picture.contains(">libwbxml, 100.0 µs</text>"));
    }
}
