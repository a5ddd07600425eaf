// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"

#include "model/future.h"
#include "model/keychaindenied.h"
#include "replica/durablenote.h"
#include "replica/leaving.h"
#include "replica/replicafile.h"
#include "workspace/erasemark.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace Earshot {

namespace {

/// What a mark becomes when only the log-in is left.
const QString logInEnd = QStringLiteral(".erased-login");
const QString authoritiesName = QStringLiteral("authorities");

Erasure erasureIn(const QJsonObject &noted)
{
    return Erasure{QUrl(noted.value(QLatin1StringView("server")).toString()),
                   noted.value(QLatin1StringView("tokenName")).toString(),
                   noted.value(QLatin1StringView("token")).toString(),
                   noted.value(authoritiesName).toString().toUtf8()};
}

/// Of pictures.
QStringList descriptionsIn(const QJsonArray &media)
{
    QStringList descriptions;
    for (const QJsonValue &one : media)
        descriptions.append(one[QLatin1StringView("description")].toString());
    return descriptions;
}

QJsonObject newNote(const QString &path, const QUrl &server, const QString &tokenName, const QString &token)
{
    return {{QStringLiteral("server"), server.toString()},
            {QStringLiteral("tokenName"), tokenName.isEmpty() ? replicaTokenName(server, path) : tokenName},
            {QStringLiteral("token"), token}};
}

/// What the mark says; where that cannot be read, the replica itself as far as it is there.
QJsonObject noteOf(const QString &path)
{
    QJsonObject note = readNote(eraseMarkOf(path));
    const auto described = note.contains(authoritiesName) ? fail(ErrorKind::cancelled) : ReplicaFile::describe(path);
    if (!described)
        return note;
    if (note.isEmpty())
        note = newNote(path, QUrl(described->source.server), {}, {});
    note.insert(authoritiesName, QString::fromUtf8(described->authorities));
    return note;
}

QString joinedWords(QStringList parts)
{
    parts.removeIf([](const QString &part) { return part.trimmed().isEmpty(); });
    return parts.join(QLatin1Char('\n')).trimmed();
}

/// @param place the query that lists it
void readOwnWords(Database &database, const char *place, QStringList &words)
{
    Statement list = database.statement(place);
    while (list.next()) {
        const QJsonObject arguments =
            QJsonDocument::fromJson(list.text(3).toUtf8()).object().value(QLatin1StringView("arguments")).toObject();
        QStringList parts{list.text(1) + arguments.value(QLatin1StringView("contentWarning")).toString(),
                          list.text(0) + arguments.value(QLatin1StringView("text")).toString()};
        for (const QJsonValue &part : arguments.value(QLatin1StringView("furtherParts")).toArray())
            parts.append(part.toString());
        parts += descriptionsIn(QJsonDocument::fromJson(list.text(2).toUtf8()).array());
        parts += descriptionsIn(arguments.value(QLatin1StringView("media")).toArray());
        if (const QString text = joinedWords(std::move(parts)); !text.isEmpty())
            words.append(text);
    }
}

} // namespace

Done beginErasure(const QString &path, const QUrl &server, const QString &tokenName, const QString &token)
{
    QJsonObject note = newNote(path, server, tokenName, token);
    // What cannot be read of it now may be later: as long as it is there.
    if (const auto described = ReplicaFile::describe(path))
        note.insert(authoritiesName, QString::fromUtf8(described->authorities));
    return writeNote(eraseMarkOf(path), note);
}

std::optional<Erasure> erasureOf(const QString &path)
{
    if (!QFileInfo::exists(eraseMarkOf(path)))
        return std::nullopt;
    return erasureIn(noteOf(path));
}

QStringList erasuresIn(const QString &folder)
{
    return pathsWithNote(folder, eraseMarkEnd());
}

QStringList logInsLeftIn(const QString &folder)
{
    return pathsWithNote(folder, logInEnd);
}

Result<OwnWords> loadOwnWords(Database &database)
{
    OwnWords words;
    // What stands in one place can be read where another is damaged.
    for (const char *place : {"list_own_drafts", "list_own_deeds"}) {
        readOwnWords(database, place, words.texts);
        words.areAll = !database.takeFailure() && words.areAll;
    }
    return words;
}

QString ownWordsOf(const DraftRecord &draft)
{
    QStringList parts{draft.contentWarning, draft.text};
    for (const OutgoingMedia &media : draft.media)
        parts.append(media.description);
    return joinedWords(std::move(parts));
}

Erasing::Erasing(QString path, TokenStore store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_mark(eraseMarkOf(m_path))
    , m_note(m_mark)
    , m_store(std::move(store))
    , m_reporting(m_path, clock)
{
    connect(&m_reporting, &ErasedReporting::ended, this, [this] { Q_EMIT ended({}); });
}

void Erasing::run()
{
    // Before nothing is left that could be asked.
    const QJsonObject note = noteOf(m_path);
    if (!note.isEmpty() && note != readNote(m_mark))
        static_cast<void>(writeNote(m_mark, note));
    m_erasure = erasureIn(note);
    const Done erased = eraseReplica(m_path);
    // What is left is to be erased by a later start, which then says so to the server.
    if (!erased) {
        Q_EMIT ended(erased.error().detail);
        return;
    }
    readLogIn();
}

void Erasing::removeLogIn()
{
    m_note = m_path + logInEnd;
    m_erasure = erasureIn(readNote(m_note));
    readLogIn();
}

void Erasing::readLogIn()
{
    whenDone(m_store.read(m_erasure.tokenName), this, [this](const Result<Secret> &token) {
        if (!token && isKeychainDenied(token.error())) {
            leaveLogIn();
            Q_EMIT ended({});
            return;
        }
        const bool isIts = token && (m_erasure.token.isEmpty() || tokenIdOf(*token) == m_erasure.token);
        keepReport(isIts ? *token : Secret(),
                   isReplicaTokenName(m_erasure.tokenName) && (isIts || (!token && m_note == m_mark)));
    });
}

/// For a later start, which may find another replica there and that one's log-in under the same name: so only where it
/// can be told from it.
void Erasing::leaveLogIn()
{
    const QString note = m_path + logInEnd;
    if (m_note == note)
        return;
    QFile::remove(note);
    if (m_erasure.token.isEmpty() || !QFile::rename(m_note, note))
        QFile::remove(m_note);
}

/// Before the log-in goes, in any case: what can be said without it is kept.
/// @param isToRemove the log-in is the replica's
void Erasing::keepReport(const Secret &token, bool isToRemove)
{
    const ErasedReport report{m_erasure.server, tokenIdOf(token), erasedProofOf(token), m_erasure.authorities};
    const Done kept = report.token.isEmpty() ? Done() : keepErasedReport(m_path, report);
    if (!kept)
        qWarning("the server may not hear that this was erased: %s", qUtf8Printable(kept.error().detail));
    const auto removed = isToRemove ? m_store.remove(m_erasure.tokenName) : readyFuture(Done());
    whenDone(removed, this, [this, report, token](const Done &gone) {
        if (!gone && isKeychainDenied(gone.error()))
            leaveLogIn();
        else
            QFile::remove(m_note);
        // An earlier run may have removed the log-in, and kept the report.
        if (report.token.isEmpty())
            m_reporting.run();
        else
            m_reporting.say(report, token);
    });
}

} // namespace Earshot
