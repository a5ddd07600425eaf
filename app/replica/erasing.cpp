// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"

#include "model/future.h"
#include "replica/durablenote.h"
#include "replica/leaving.h"
#include "replica/replicafile.h"
#include "workspace/erasemark.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace Earshot {

Done beginErasure(const QString &path, const QUrl &server, const QString &tokenName)
{
    const auto described = ReplicaFile::describe(path);
    return writeNote(
        eraseMarkOf(path),
        {{QStringLiteral("server"), server.toString()},
         {QStringLiteral("tokenName"), tokenName.isEmpty() ? replicaTokenName(server, path) : tokenName},
         {QStringLiteral("authorities"), described ? QString::fromUtf8(described->authorities) : QString()}});
}

std::optional<Erasure> erasureOf(const QString &path)
{
    if (!QFileInfo::exists(eraseMarkOf(path)))
        return std::nullopt;
    const QJsonObject noted = readNote(eraseMarkOf(path));
    return Erasure{QUrl(noted.value(QLatin1StringView("server")).toString()),
                   noted.value(QLatin1StringView("tokenName")).toString(),
                   noted.value(QLatin1StringView("authorities")).toString().toUtf8()};
}

QStringList erasuresIn(const QString &folder)
{
    return pathsWithNote(folder, eraseMarkEnd());
}

Result<QStringList> loadOwnWords(Database &database)
{
    QStringList words;
    Statement list = database.statement("list_own_words");
    while (list.next()) {
        const QJsonObject arguments =
            QJsonDocument::fromJson(list.text(1).toUtf8()).object().value(QLatin1StringView("arguments")).toObject();
        QStringList parts{list.text(0) + arguments.value(QLatin1StringView("text")).toString()};
        for (const QJsonValue &part : arguments.value(QLatin1StringView("furtherParts")).toArray())
            parts.append(part.toString());
        if (const QString text = parts.join(QLatin1Char('\n')).trimmed(); !text.isEmpty())
            words.append(text);
    }
    return database.result(words);
}

Erasing::Erasing(QString path, TokenStore store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_mark(eraseMarkOf(m_path))
    , m_store(std::move(store))
    , m_reporting(m_path, clock)
{
    connect(&m_reporting, &ErasedReporting::ended, this, [this] { Q_EMIT ended({}); });
}

void Erasing::run()
{
    m_erasure = erasureOf(m_path).value_or(Erasure());
    const Done erased = eraseReplica(m_path);
    // What is left is to be erased by a later start, which then says so to the server.
    if (!erased) {
        Q_EMIT ended(erased.error().detail);
        return;
    }
    whenDone(m_store.read(m_erasure.tokenName), this,
             [this](const Result<Secret> &token) { keepReport(token.value_or(Secret())); });
}

/// Before the log-in goes, in any case: what can be said without it is kept.
void Erasing::keepReport(const Secret &token)
{
    const ErasedReport report{m_erasure.server, tokenIdOf(token), erasedProofOf(token), m_erasure.authorities};
    const Done kept = report.token.isEmpty() ? Done() : keepErasedReport(m_path, report);
    if (!kept)
        qWarning("the server may not hear that this was erased: %s", qUtf8Printable(kept.error().detail));
    whenDone(m_store.remove(m_erasure.tokenName), this, [this, report, token](const Done &) {
        QFile::remove(m_mark);
        // An earlier run may have removed the log-in, and kept the report.
        if (report.token.isEmpty())
            m_reporting.run();
        else
            m_reporting.say(report, token);
    });
}

} // namespace Earshot
