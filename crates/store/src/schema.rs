//! The migrations, read once: which tables there are, whose they are, and what each engine is told.
//!
//! A migration is portable SQL with a paragraph of why at its head. Two lines of comment carry facts:
//! `-- reference: a, b` names tables that belong to no cooperative, `-- append-only: a, b` names
//! tables whose rows are never changed nor deleted. Every other table begins with
//! `coop_id bigint not null`; there is no third kind.

/// One file of `migrations/`.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The file's name without its ending.
    pub name: &'static str,
    /// Its text.
    pub sql: &'static str,
}

/// All migrations in their order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_coops", sql: include_str!("../../../migrations/0001_coops.sql") },
    Migration { name: "0002_ledger", sql: include_str!("../../../migrations/0002_ledger.sql") },
    Migration {
        name: "0003_coops_rooms",
        sql: include_str!("../../../migrations/0003_coops_rooms.sql"),
    },
    Migration { name: "0004_access", sql: include_str!("../../../migrations/0004_access.sql") },
    Migration { name: "0005_cash", sql: include_str!("../../../migrations/0005_cash.sql") },
    Migration {
        name: "0006_suppliers",
        sql: include_str!("../../../migrations/0006_suppliers.sql"),
    },
    Migration { name: "0007_members", sql: include_str!("../../../migrations/0007_members.sql") },
    Migration { name: "0008_stock", sql: include_str!("../../../migrations/0008_stock.sql") },
    Migration { name: "0009_shop", sql: include_str!("../../../migrations/0009_shop.sql") },
];

/// Whose rows a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A cooperative's: `coop_id` is the first column of its key.
    Coop,
    /// Nobody's in particular: kelurahan, persons, seats, sign-ins, parameters.
    Reference,
}

/// One table as its migration describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Whose rows it holds.
    pub owner: Owner,
    /// Whether rows are only ever added.
    pub append_only: bool,
}

/// How tables are laid out on PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Plain tables.
    Plain,
    /// Each cooperative's table in [`PARTITIONS`] hash partitions, as proof that it can be spread.
    Partitioned,
}

/// Partitions of the partitioned layout.
pub const PARTITIONS: usize = 4;

impl Migration {
    /// The tables that this migration creates.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let reference = named(self.sql, "-- reference:");
        let append_only = named(self.sql, "-- append-only:");
        let created = statements(self.sql).into_iter().filter_map(|statement| {
            let name = statement.strip_prefix("create table ")?.split_whitespace().next()?;
            let is = |list: &[String]| list.iter().any(|other| other == name);
            let owner = if is(&reference) { Owner::Reference } else { Owner::Coop };
            Some(Table { name: name.to_owned(), owner, append_only: is(&append_only) })
        });
        created.collect()
    }

    /// What SQLite is told.
    #[must_use]
    pub fn for_sqlite(&self) -> Vec<String> {
        let mut told = Vec::new();
        for statement in statements(self.sql) {
            let portable = with_words(&statement, &[("bigint", "integer"), ("bytea", "blob")]);
            let strict = if statement.starts_with("create table ") { " strict" } else { "" };
            told.push(format!("{portable}{strict}"));
        }
        for table in self.tables().into_iter().filter(|table| table.append_only) {
            for verb in ["update", "delete"] {
                told.push(format!(
                    "create trigger {0}_no_{verb} before {verb} on {0}
                     begin select raise(abort, '{0} is append-only'); end",
                    table.name
                ));
            }
        }
        told
    }

    /// What PostgreSQL is told; row-level security binds every cooperative's table.
    #[must_use]
    pub fn for_postgres(&self, layout: Layout) -> Vec<String> {
        let tables = self.tables();
        let mut told = Vec::new();
        for statement in statements(self.sql) {
            let created = tables.iter().find(|table| {
                statement.starts_with(&format!("create table {} ", table.name))
                    && table.owner == Owner::Coop
            });
            match (created, layout) {
                (Some(table), Layout::Partitioned) => {
                    told.push(format!("{statement} partition by hash (coop_id)"));
                    told.extend((0..PARTITIONS).map(|rest| {
                        format!(
                            "create table {0}_p{rest} partition of {0}
                             for values with (modulus {PARTITIONS}, remainder {rest})",
                            table.name
                        )
                    }));
                }
                _ => told.push(statement),
            }
        }
        tables.iter().for_each(|table| told.extend(rights(table)));
        told
    }
}

/// Rights of the serving role on a new table, and the policy that holds it to one cooperative.
fn rights(table: &Table) -> Vec<String> {
    let name = &table.name;
    let verbs = if table.append_only { "select, insert" } else { "select, insert, update, delete" };
    let mut told = vec![format!("grant {verbs} on {name} to lumbung_app")];
    if table.owner == Owner::Coop {
        let own = "coop_id = cast(nullif(current_setting('app.coop', true), '') as bigint)";
        told.push(format!("alter table {name} enable row level security"));
        told.push(format!("alter table {name} force row level security"));
        told.push(format!("create policy {name}_own on {name} using ({own}) with check ({own})"));
        // A backup reads the whole table, and says so; the serving role never can.
        let whole = "current_user <> 'lumbung_app' and current_setting('app.backup', true) = 'on'";
        told.push(format!("create policy {name}_whole on {name} for select using ({whole})"));
    }
    told
}

/// All tables of all migrations.
#[must_use]
pub fn tables() -> Vec<Table> {
    MIGRATIONS.iter().flat_map(Migration::tables).collect()
}

fn named(sql: &str, mark: &str) -> Vec<String> {
    let lists = sql.lines().filter_map(|line| line.strip_prefix(mark));
    lists.flat_map(|list| list.split(',')).map(|name| name.trim().to_owned()).collect()
}

/// The statements of a text, comments dropped. No semicolon stands inside a literal there.
fn statements(sql: &str) -> Vec<String> {
    let code: Vec<&str> =
        sql.lines().map(|line| line.split("--").next().unwrap_or_default().trim_end()).collect();
    let code = code.join("\n");
    code.split(';').map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Replaces whole words.
fn with_words(text: &str, words: &[(&str, &str)]) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let in_word = rest.starts_with(is_word);
        let end = rest.find(|c: char| is_word(c) != in_word).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let new = words.iter().find(|(old, _)| *old == word).map_or(word, |(_, new)| new);
        replaced.push_str(new);
        rest = after;
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: Migration = Migration {
        name: "0000_sample",
        sql: "-- Why: a sample; with a semicolon in its prose.\n\
              -- reference: towns\n\
              -- append-only: notes\n\
              create table towns (code text not null, bigint_like bigint not null);\n\
              create table notes (coop_id bigint not null, body bytea not null, -- why; so\n\
              primary key (coop_id));\n\
              create index notes_body on notes (coop_id, body);\n",
    };

    #[test]
    fn tables_know_their_owner_and_whether_they_only_grow() {
        let tables = SAMPLE.tables();
        assert_eq!(tables[0].owner, Owner::Reference);
        assert_eq!((tables[1].owner, tables[1].append_only), (Owner::Coop, true));
    }

    #[test]
    fn sqlite_hears_its_own_types_strict_tables_and_triggers() {
        let told = SAMPLE.for_sqlite();
        assert_eq!(
            told[0],
            "create table towns (code text not null, bigint_like integer not null) strict"
        );
        assert!(told[1].contains("body blob") && told[1].ends_with("strict"));
        assert!(told[3].starts_with("create trigger notes_no_update"));
        assert_eq!(told.len(), 5);
    }

    #[test]
    fn postgres_hears_policies_and_partitions_for_a_cooperatives_table_only() {
        let told = SAMPLE.for_postgres(Layout::Partitioned).join(";\n");
        assert!(told.contains("create table notes_p3 partition of notes"));
        assert!(told.contains("force row level security") && !told.contains("towns_p0"));
        assert!(told.contains("grant select, insert on notes to"));
        let plain = SAMPLE.for_postgres(Layout::Plain).join(";\n");
        assert!(!plain.contains("partition") && plain.contains("create policy notes_own"));
    }

    #[test]
    fn every_cooperatives_table_begins_with_coop_id_also_in_its_key() {
        for migration in MIGRATIONS {
            for table in migration.tables().iter().filter(|table| table.owner == Owner::Coop) {
                let head = format!("create table {} (", table.name);
                let all = statements(migration.sql);
                let text = all.iter().find(|text| text.starts_with(&head)).unwrap();
                let columns = text[head.len()..].trim_start();
                assert!(columns.starts_with("coop_id bigint not null"), "{}", table.name);
                for keyed in ["primary key (", "unique (", "foreign key ("] {
                    for key in text.split(keyed).skip(1) {
                        let reference = key.split("references ").nth(1).unwrap_or_default();
                        let to_reference =
                            keyed.starts_with("foreign") && !reference.contains("(coop_id");
                        assert!(key.starts_with("coop_id") || to_reference, "{}", table.name);
                    }
                }
            }
        }
    }
}
