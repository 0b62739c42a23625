//! The bare loop over `tokio-postgres`: a command's questions are asked together and awaited once,
//! its writes are awaited when the transaction ends.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Statement};

use super::{Step, Taped};
use crate::{Cell, Fault, Kind};

type Answer = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

pub(super) async fn replay(
    url: &str,
    tape: Vec<Taped>,
    together: usize,
    lines: usize,
) -> Result<Duration, Fault> {
    let mut parts: Vec<Vec<Taped>> = Vec::new();
    parts.resize_with(lines.max(1), Vec::new);
    for command in tape {
        let count = i64::try_from(parts.len()).unwrap_or(1);
        let part = usize::try_from(command.coop.get().rem_euclid(count)).unwrap_or(0);
        parts[part].push(command);
    }
    let mut ready = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        ready.push((Line::open(url, &part).await?, part));
    }
    let started = Instant::now();
    let running: Vec<_> = ready
        .into_iter()
        .map(|(mut line, part)| tokio::spawn(async move { line.send_all(&part, together).await }))
        .collect();
    for one in running {
        one.await.map_err(|error| Fault::Panicked(error.to_string()))??;
    }
    Ok(started.elapsed())
}

struct Line {
    client: Arc<Client>,
    statements: HashMap<usize, Statement>,
}

impl Line {
    async fn open(url: &str, tape: &[Taped]) -> Result<Line, Fault> {
        let client = Arc::new(crate::open::server(url)?.connect_raw().await?);
        client.batch_execute("set role lumbung_app").await?;
        let mut statements = HashMap::new();
        for step in tape.iter().flat_map(|command| &command.steps) {
            if let Entry::Vacant(free) = statements.entry(step.sql.as_ptr().addr()) {
                let mut types = vec![Type::INT8];
                types.extend(step.params.iter().map(type_of));
                free.insert(client.prepare_typed(step.sql, &types).await?);
            }
        }
        Ok(Line { client, statements })
    }

    async fn send_all(&mut self, tape: &[Taped], together: usize) -> Result<(), Fault> {
        for commands in tape.chunks(together) {
            let mut writes = vec![self.plain("begin".to_owned()).await];
            let mut bound = None;
            for command in commands {
                if bound.replace(command.coop) != Some(command.coop) {
                    let bind = format!("set local app.coop = '{}'", command.coop.get());
                    writes.push(self.plain(bind).await);
                }
                let mut questions = Vec::new();
                for step in &command.steps {
                    let answer = self.step(command, step).await;
                    if step.asks() {
                        questions.push(answer);
                        continue;
                    }
                    for question in questions.drain(..) {
                        question.await?;
                    }
                    writes.push(answer);
                }
                for question in questions {
                    question.await?;
                }
            }
            for write in writes {
                write.await?;
            }
            self.client.batch_execute("commit").await?;
        }
        Ok(())
    }

    async fn plain(&self, text: String) -> Answer {
        let client = Arc::clone(&self.client);
        sent(Box::pin(async move { Ok(client.batch_execute(&text).await?) })).await
    }

    async fn step(&self, command: &Taped, step: &Step) -> Answer {
        let client = Arc::clone(&self.client);
        let statement = self.statements[&step.sql.as_ptr().addr()].clone();
        let mut cells = vec![Cell::Int(command.coop.get())];
        cells.extend(step.params.iter().cloned());
        let (sql, want, asks) = (step.sql, step.want, step.asks());
        let answer = async move {
            if asks {
                let rows = client.query_raw(&statement, cells).await?;
                rows.try_for_each(|_| std::future::ready(Ok(()))).await?;
                return Ok(());
            }
            let got = client.execute_raw(&statement, cells).await?;
            match want {
                Some(want) if want != got => Err(Fault::WrongCount { sql, want, got }),
                _ => Ok(()),
            }
        };
        sent(Box::pin(answer)).await
    }
}

/// Looks at a future once, which sends its message.
async fn sent(mut answer: Answer) -> Answer {
    match futures_util::poll!(&mut answer) {
        std::task::Poll::Ready(done) => Box::pin(std::future::ready(done)),
        std::task::Poll::Pending => answer,
    }
}

fn type_of(cell: &Cell) -> Type {
    match cell {
        Cell::Int(_) | Cell::Null(Kind::Int) => Type::INT8,
        Cell::Text(_) | Cell::Null(Kind::Text) => Type::TEXT,
        Cell::Bytes(_) | Cell::Null(Kind::Bytes) => Type::BYTEA,
    }
}
