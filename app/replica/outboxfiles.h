// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "replica/serverconnection.h"
#include "workspace/workspace.h"

#include <QElapsedTimer>
#include <QSet>

#include <memory>

namespace Earshot {

/// The files that go to the server before the actions that name them. Lives on the thread that made it; workspace and
/// connection outlive it.
class OutboxFiles final : public QObject
{
    Q_OBJECT

public:
    OutboxFiles(Workspace &workspace, ServerConnection &connection, QObject *parent = nullptr);

    /// What is under way under another log-in or incarnation ends now, with `cancelled`; nothing counts as sent. Under
    /// the same one the way there may be a new one, and the old one be dead: the file is sent a second time beside, and
    /// the first that arrives counts; what was sent counts until all that was to be sent with it is there.
    void setSession(const ServerSession &session);
    /// The hashes of those that the server has.
    [[nodiscard]] const QSet<QString> &sent();
    /// One after another; ends before the next call. Errors: those of ServerConnection::upload(); those of
    /// isFileRefused() where the server says so twice and answers in between: what is between us turns everything else
    /// away as well.
    [[nodiscard]] QFuture<Done> send(const ServerSession &session, const QList<OutgoingMedia> &files);

private:
    using PendingPointer = std::shared_ptr<Pending<void>>;

    void sendNext(const PendingPointer &pending, QList<OutgoingMedia> files);
    void upload(const QByteArray &bytes, const QList<OutgoingMedia> &files);
    void tryUpload();
    void onUploaded(int upload, const Result<QString> &uploaded);
    void end(const Done &sent);
    void onRefused(const PendingPointer &pending, const Error &refusal, const QList<OutgoingMedia> &files);

    Workspace &m_workspace;
    ServerConnection &m_connection;
    ServerSession m_session;  ///< that it is sent under
    PendingPointer m_pending; ///< of what is under way; none = nothing is
    QByteArray m_bytes;       ///< of the file that is sent now
    QList<OutgoingMedia> m_left;
    int m_upload = 0;       ///< counts the files
    int m_tries = 0;        ///< of this one that are under way
    int m_inVain = 0;       ///< so often in a row one was waited for without a word; a line that breaks says nothing
    QElapsedTimer m_waited; ///< since the last try
    QString m_doubted;      ///< hash of the file that was refused once
    bool m_isUnfinished = false; ///< not all that was to be sent is there, though it may be given up for now
    QSet<QString> m_sent;
    QElapsedTimer m_sentSince; ///< since the first of them
};

/// The same file would be refused again; what comes after it is not to wait for that.
[[nodiscard]] bool isFileRefused(ErrorKind kind);

} // namespace Earshot
