//! The pipe to a server: lines are capped while they are read, and progress leaves in the order in which it came.

use rmcp::RoleClient;
use rmcp::model::{ClientRequest, GetMeta, JsonRpcMessage, ProgressNotificationParam, ProgressToken, ServerNotification};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc;

/// Longest line of a server, in bytes. A longer one ends the server: its answer would be lost anyway.
pub(super) const LINE_LIMIT: usize = 16 * 1024 * 1024;

/// Progress messages that wait at one time, a call; further ones are dropped.
const QUEUE: usize = 256;

type Route = (mpsc::Sender<ProgressNotificationParam>, Option<mpsc::Receiver<ProgressNotificationParam>>);

/// Progress by token, for calls that are under way.
#[derive(Clone, Default)]
pub(super) struct Routes(Arc<Mutex<HashMap<ProgressToken, Route>>>);

impl Routes {
    /// The receiving end of a call's progress; the route goes when the guard does.
    pub(super) fn take(&self, token: &ProgressToken) -> (Option<mpsc::Receiver<ProgressNotificationParam>>, RouteGuard) {
        let receiver = self.lock().get_mut(token).and_then(|(_, receiver)| receiver.take());
        (receiver, RouteGuard { routes: self.clone(), token: token.clone() })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ProgressToken, Route>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes a route when its call ends.
pub(super) struct RouteGuard {
    routes: Routes,
    token: ProgressToken,
}

impl Drop for RouteGuard {
    fn drop(&mut self) {
        self.routes.lock().remove(&self.token);
    }
}

/// A transport that sends progress on before anything else can overtake it.
pub(super) struct Tap<T> {
    pub(super) inner: T,
    pub(super) routes: Routes,
}

impl<T: Transport<RoleClient>> Transport<RoleClient> for Tap<T> {
    type Error = T::Error;

    fn send(&mut self, message: TxJsonRpcMessage<RoleClient>) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        if let JsonRpcMessage::Request(request) = &message
            && matches!(request.request, ClientRequest::CallToolRequest(_))
            && let Some(token) = request.request.get_meta().get_progress_token()
        {
            let (sender, receiver) = mpsc::channel(QUEUE);
            self.routes.lock().insert(token, (sender, Some(receiver)));
        }
        self.inner.send(message)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleClient>> {
        let message = self.inner.receive().await?;
        if let JsonRpcMessage::Notification(notification) = &message
            && let ServerNotification::ProgressNotification(progress) = &notification.notification
            && let Some((sender, _)) = self.routes.lock().get(&progress.params.progress_token)
        {
            // A full queue means a slow client; progress is advisory.
            let _ignored = sender.try_send(progress.params.clone());
        }
        Some(message)
    }

    fn close(&mut self) -> impl Future<Output = Result<(), Self::Error>> + Send {
        self.inner.close()
    }
}

/// A reader that fails once a line is over the limit, instead of buffering or skipping it.
pub(super) struct LineCap<R> {
    inner: R,
    line: usize,
}

impl<R> LineCap<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, line: 0 }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for LineCap<R> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = &read {
            let fresh = buffer.filled().get(before..).unwrap_or_default();
            self.line = match fresh.iter().rposition(|byte| *byte == b'\n') {
                Some(last) => fresh.len().saturating_sub(last).saturating_sub(1),
                None => self.line.saturating_add(fresh.len()),
            };
            if self.line > LINE_LIMIT {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "a line over the limit")));
            }
        }
        read
    }
}
