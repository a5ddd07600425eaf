// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "replica/erasedreport.h"
#include "replica/replicatoken.h"

#include <optional>

namespace Earshot {

// A replica that is to be erased at its server's word. That is noted beside it, durably, before anything is deleted:
// wherever the program ends meanwhile, the next start goes on, whether the server is reached or not.

/// What is noted.
struct Erasure
{
    QUrl server;
    QString tokenName;      ///< of the log-in, which cannot be told from the replica any more
    QString token;          ///< its id; empty = not noted. Another one of that name is none of this replica's
    QByteArray authorities; ///< certificates (PEM) that the server's is to be believed by
};

/// @param path of a replica that is there; nobody opens it any more (workspace/erasemark.h)
/// @param tokenName of the log-in that goes with it; empty = the desktop's @param token its id; empty = not known
[[nodiscard]] Done beginErasure(const QString &path, const QUrl &server, const QString &tokenName = {},
                                const QString &token = {});
/// Nothing where none was begun, or it is over.
[[nodiscard]] std::optional<Erasure> erasureOf(const QString &path);
/// Those that were begun in a folder: the replicas' paths.
[[nodiscard]] QStringList erasuresIn(const QString &folder);
/// Those that are over but for the log-in, which a locked keychain did not give away: where the replicas were.
[[nodiscard]] QStringList logInsLeftIn(const QString &folder);

/// What a replica's agent typed in it and the server has not taken: drafts, and what waits to be sent.
struct OwnWords
{
    QStringList texts;
    bool areAll = true; ///< false: there may be more, which could not be read
};
/// What can be read of it, where the file is damaged. Errors: none of its own.
[[nodiscard]] Result<OwnWords> loadOwnWords(Database &database);
/// A draft's words, as among those.
[[nodiscard]] QString ownWordsOf(const DraftRecord &draft);

/// Carries on with an erasure: deletes the replica with all that lies beside it, removes the log-in, and tells the
/// server so; as long as that has not heard it, a report is kept (ErasedReporting). Where the keychain is locked the
/// last two are put off to a later start. A log-in that is not the replica's alone (the command line's) stays. Nobody
/// may have the replica open. Lives on the thread that made it, with an event loop.
class Erasing final : public QObject
{
    Q_OBJECT

public:
    Erasing(QString path, TokenStore store, const Clock &clock, QObject *parent = nullptr);

    void run();
    /// What is left of one that is over (logInsLeftIn()): whatever lies there by now stays.
    void removeLogIn();

Q_SIGNALS:
    /// Once. @param left what could not be deleted, which is tried again at the next start; empty = nothing. Whether
    /// the server heard of it is nothing that anybody has to wait for: a later start says it again.
    void ended(const QString &left);

private:
    void readLogIn();
    void leaveLogIn();
    void keepReport(const Secret &token, bool isToRemove);

    const QString m_path;
    const QString m_mark; ///< beside the file itself, where `m_path` is a link to it
    QString m_note;       ///< what goes when all is done: the mark, or what is kept of it
    const TokenStore m_store;
    Erasure m_erasure;
    ErasedReporting m_reporting;
};

} // namespace Earshot
