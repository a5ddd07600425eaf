// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxfiles.h"

#include <QFile>

#include <utility>

namespace Earshot {

namespace {

/// The server keeps a file without a message for a day.
constexpr Duration kept = std::chrono::hours(1);

} // namespace

bool isFileRefused(ErrorKind kind)
{
    return kind == ErrorKind::tooLarge || kind == ErrorKind::tooLong || kind == ErrorKind::unsupported ||
           kind == ErrorKind::permission;
}

OutboxFiles::OutboxFiles(Workspace &workspace, ServerConnection &connection, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_connection(connection)
{
}

void OutboxFiles::setSession(const ServerSession &session)
{
    // It may be another server by now, or have swept out what nothing was sent with. But where files follow each other
    // through a line that is cut again and again, each would be sent anew at every beginning.
    if (!m_isUnfinished || !m_session.isSameAs(session))
        m_sent.clear();
    if (!m_session.isSameAs(session))
        m_inVain = 0;
    if (!m_pending)
        return;
    if (!m_session.isSameAs(session))
        end(fail(ErrorKind::cancelled));
    else if (m_tries == 1)
        tryUpload();
}

const QSet<QString> &OutboxFiles::sent()
{
    if (m_sentSince.hasExpired(std::chrono::milliseconds(kept).count()))
        m_sent.clear();
    if (m_sent.isEmpty())
        m_sentSince.start();
    return m_sent;
}

QFuture<Done> OutboxFiles::send(const ServerSession &session, const QList<OutgoingMedia> &files)
{
    m_session = session;
    m_isUnfinished = true;
    m_doubted.clear();
    m_pending = Pending<void>::create();
    const QFuture<Done> future = m_pending->future();
    sendNext(m_pending, files);
    return future;
}

void OutboxFiles::sendNext(const PendingPointer &pending, QList<OutgoingMedia> files)
{
    if (pending != m_pending)
        return;
    if (files.isEmpty()) {
        end({});
        return;
    }
    const QString hash = files.constFirst().hash;
    const QString path = m_workspace.mediaFolder() + QLatin1Char('/') + hash;
    // On a reader's thread: it may be large.
    const auto bytes = m_workspace.read<QByteArray>([path](Database &) -> Result<QByteArray> {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    });
    whenDone(bytes, this, [this, pending, files](const Result<QByteArray> &read) {
        if (pending != m_pending)
            return;
        if (read && !read->isEmpty()) {
            upload(*read, files);
            return;
        }
        // Of another device of this agent's, or sent before: then the server has it, or says that it does not.
        m_sent.insert(files.constFirst().hash);
        sendNext(pending, files.mid(1));
    });
}

void OutboxFiles::upload(const QByteArray &bytes, const QList<OutgoingMedia> &files)
{
    m_bytes = bytes;
    m_left = files;
    ++m_upload;
    m_tries = 0;
    tryUpload();
}

void OutboxFiles::tryUpload()
{
    ++m_tries;
    m_waited.start();
    whenDone(m_connection.upload(m_session.account, m_bytes, m_left.constFirst().type, m_inVain), this,
             [this, upload = m_upload](const Result<QString> &uploaded) { onUploaded(upload, uploaded); });
}

void OutboxFiles::onUploaded(int upload, const Result<QString> &uploaded)
{
    // Another try was first.
    if (!m_pending || upload != m_upload || m_tries == 0)
        return;
    --m_tries;
    const bool isRefused = !uploaded && isFileRefused(uploaded.error().kind);
    if (!uploaded && !isRefused && m_tries > 0)
        return;
    m_tries = 0;
    if (uploaded || isRefused)
        m_inVain = 0;
    else if (m_connection.patience().wasGivenUp(Duration(m_waited.elapsed()), m_bytes.size(), m_inVain))
        ++m_inVain;
    if (uploaded) {
        m_sent.insert(m_left.constFirst().hash);
        sendNext(m_pending, m_left.mid(1));
    } else if (isRefused) {
        onRefused(m_pending, uploaded.error(), m_left);
    } else {
        end(tl::unexpected(uploaded.error()));
    }
}

void OutboxFiles::end(const Done &sent)
{
    m_isUnfinished = !sent;
    m_bytes.clear();
    m_tries = 0;
    m_doubted.clear();
    std::exchange(m_pending, nullptr)->end(sent);
}

/// A hotel's page turns everything away, whatever the file: the server's own word is what is said again when it
/// answers.
void OutboxFiles::onRefused(const PendingPointer &pending, const Error &refusal, const QList<OutgoingMedia> &files)
{
    const QString hash = files.constFirst().hash;
    if (std::exchange(m_doubted, hash) == hash) {
        end(tl::unexpected(refusal));
        return;
    }
    whenDone(m_connection.begin(), this, [this, pending, files](const Result<ServerSession> &answering) {
        if (pending != m_pending)
            return;
        if (answering) {
            sendNext(pending, files);
            return;
        }
        Error error = answering.error();
        if (isFileRefused(error.kind))
            error.kind = ErrorKind::transient;
        end(tl::unexpected(error));
    });
}

} // namespace Earshot
