// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"

#include "networks/authorities.h"
#include "replica/leaving.h"
#include "replica/replicafile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <fcntl.h>
#include <unistd.h>

namespace Earshot {

namespace {

const QString markEnd = QStringLiteral(".erase");

QString markOf(const QString &path)
{
    const QFileInfo named(path);
    return (named.isSymLink() ? named.symLinkTarget() : named.absoluteFilePath()) + markEnd;
}

/// A name that is new in a folder survives a power cut.
void syncFolder(const QString &file)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(file).absolutePath()).constData(), O_RDONLY | O_CLOEXEC);
    if (folder < 0)
        return;
    static_cast<void>(::fsync(folder));
    static_cast<void>(::close(folder));
}

} // namespace

Done beginErasure(const QString &path, const QUrl &server)
{
    const auto described = ReplicaFile::describe(path);
    const QJsonObject noted{
        {QStringLiteral("server"), server.toString()},
        {QStringLiteral("tokenName"), replicaTokenName(server, path)},
        {QStringLiteral("authorities"), described ? QString::fromUtf8(described->authorities) : QString()}};
    QSaveFile file(markOf(path));
    const QByteArray body = QJsonDocument(noted).toJson();
    // It syncs before it renames.
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit())
        return fail(ErrorKind::io, file.fileName() + QStringLiteral(": ") + file.errorString());
    syncFolder(markOf(path));
    return {};
}

std::optional<Erasure> erasureOf(const QString &path)
{
    QFile file(markOf(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject noted = QJsonDocument::fromJson(file.readAll()).object();
    return Erasure{QUrl(noted.value(QLatin1StringView("server")).toString()),
                   noted.value(QLatin1StringView("tokenName")).toString(),
                   noted.value(QLatin1StringView("authorities")).toString().toUtf8()};
}

QStringList erasuresIn(const QString &folder)
{
    QStringList paths;
    for (const QString &name : QDir(folder).entryList({QLatin1Char('*') + markEnd}, QDir::Files))
        paths.append(QDir(folder).absoluteFilePath(name.chopped(markEnd.size())));
    return paths;
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
    , m_store(std::move(store))
    , m_clock(clock)
{
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
    if (!m_erasure.authorities.isEmpty())
        static_cast<void>(trustAuthorities(m_erasure.authorities));
    whenDone(m_store.read(m_erasure.tokenName), this,
             [this](const Result<Secret> &token) { report(token.value_or(Secret())); });
}

/// As well as it can be: the log-in goes in any case.
void Erasing::report(const Secret &token)
{
    if (token.isEmpty()) {
        forget();
        return;
    }
    m_connection = std::make_unique<ServerConnection>(m_erasure.server, token, m_clock);
    whenDone(m_connection->reportErased(), this, [this](const Done &) { forget(); });
}

void Erasing::forget()
{
    whenDone(m_store.remove(m_erasure.tokenName), this, [this](const Done &) {
        QFile::remove(markOf(m_path));
        Q_EMIT ended({});
    });
}

} // namespace Earshot
