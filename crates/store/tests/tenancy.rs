//! Another cooperative's rows are out of reach, and every statement keeps to one cooperative.

use store::schema::{Owner, tables};
use store::{Failure, Fault, Tx};
use testkit::{TAMANSARI, on_both, on_partitions, on_postgres, register, statements};
use values::CoopId;

const OTHER: CoopId = CoopId::new(327_301_100_101);

/// The tables of cooperatives that a statement names, as often as it names them.
fn coop_tables_in(sql: &str) -> Vec<String> {
    let words: Vec<&str> = sql
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let owned: Vec<String> = tables()
        .into_iter()
        .filter(|table| table.owner == Owner::Coop)
        .map(|table| table.name)
        .collect();
    let after = |word: &str| matches!(word, "from" | "join" | "into" | "update");
    let named = words.windows(2).filter(|pair| after(pair[0]));
    named.filter_map(|pair| owned.iter().find(|name| *name == pair[1]).cloned()).collect()
}

#[test]
fn every_statement_on_a_cooperatives_table_asks_for_its_cooperative() {
    let found = statements();
    assert!(found.len() > 30, "the statements of the house are found");
    for statement in found {
        let sql = &statement.sql;
        let count = coop_tables_in(sql).len();
        if count == 0 {
            continue;
        }
        let tied = if sql.starts_with("insert into") {
            sql.contains("(coop_id") && (sql.contains("values ($1") || sql.contains("select $1"))
        } else {
            sql.contains("coop_id = $1") && sql.matches("coop_id = ").count() >= count
        };
        assert!(tied, "{}: {sql}", statement.file);
    }
}

#[test]
fn a_statement_without_its_cooperative_would_be_found() {
    assert_eq!(coop_tables_in("select 1 from entries where entry_no = $2"), ["entries"]);
    assert_eq!(coop_tables_in("select name from kelurahan"), Vec::<String>::new());
}

#[test]
fn every_statement_is_understood_by_both_engines() {
    on_both(async |engine| {
        for statement in statements() {
            let sql: &'static str = Box::leak(statement.sql.clone().into_boxed_str());
            let prepared = engine.store.prepare_only(sql).await;
            assert!(prepared.is_ok(), "{} {}: {sql}: {prepared:?}", engine.name, statement.file);
        }
    });
}

#[test]
fn every_statement_touches_one_partition_of_each_table() {
    on_partitions(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        for statement in statements() {
            let named = coop_tables_in(&statement.sql);
            let sql: &'static str = Box::leak(statement.sql.clone().into_boxed_str());
            let plan = engine.store.explain(TAMANSARI, sql).await.unwrap();
            for table in named {
                let touched: std::collections::BTreeSet<&str> = plan
                    .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
                    .filter(|word| {
                        word.strip_prefix(table.as_str())
                            .and_then(|rest| rest.strip_prefix("_p"))
                            .is_some_and(|rest| matches!(rest, "0" | "1" | "2" | "3"))
                    })
                    .collect();
                assert!(touched.len() <= 1, "{}: {sql}\n{plan}", statement.file);
            }
        }
    });
}

#[test]
fn row_level_security_hides_another_cooperatives_rows_even_from_careless_sql() {
    on_postgres(async |engine| {
        for coop in [TAMANSARI, OTHER] {
            register(&engine.store, coop).await.unwrap();
        }
        let careless = async |tx: &mut Tx| -> Result<Vec<(CoopId,)>, Failure> {
            Ok(tx.all("select coop_id from coop_heads", &[]).await?)
        };
        let seen = engine.store.read(TAMANSARI, careless).await.unwrap();
        assert_eq!(seen, [(TAMANSARI,)]);
        let aimed = async |tx: &mut Tx| -> Result<u64, Failure> {
            let sql = "update coop_heads set entry_no = 99 where coop_id = $2";
            Ok(tx.run_any(sql, &[&OTHER]).await?)
        };
        assert_eq!(engine.store.write(TAMANSARI, aimed).await.unwrap(), 0);
        let forged = async |tx: &mut Tx| -> Result<(), Failure> {
            let sql = "insert into series (coop_id, series, last_no) values ($2, 'x', 1)";
            Ok(tx.run(sql, 1, &[&OTHER]).await?)
        };
        let refused = engine.store.write(TAMANSARI, forged).await.unwrap_err();
        assert!(refused.to_string().contains("row-level security"), "{refused}");
    });
}

#[test]
fn what_is_append_only_cannot_be_changed_through_the_store() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let add = async |tx: &mut Tx| -> Result<(), Failure> {
            let sql = "insert into lines (coop_id, entry_no, line_no, account, unit, side, amount)
                       values ($1, 1, 1, '11101', 'PST', 'D', 5)";
            Ok(tx.run(sql, 1, &[]).await?)
        };
        engine.store.write(TAMANSARI, add).await.unwrap();
        let change = async |tx: &mut Tx| -> Result<(), Failure> {
            let sql = "update lines set amount = 6 where coop_id = $1";
            Ok(tx.run(sql, 1, &[]).await?)
        };
        let refused = engine.store.write(TAMANSARI, change).await.unwrap_err();
        assert!(matches!(refused, Failure::Fault(Fault::Engine(_) | Fault::Constraint(_))));
        let remove = async |tx: &mut Tx| -> Result<(), Failure> {
            Ok(tx.run("delete from lines where coop_id = $1", 1, &[]).await?)
        };
        assert!(engine.store.write(TAMANSARI, remove).await.is_err(), "{}", engine.name);
    });
}
