// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "peerround.h"

#include <QFile>
#include <QTest>

namespace Earshot {

QUrl PeerRound::start(const QString &program, const QUrl &server)
{
    if (!QFile::exists(program))
        return {};
    m_server = server;
    m_program = std::make_unique<ControlProgram>(program);
    m_proxy = std::make_unique<CuttingProxy>(server.host(), quint16(server.port()));
    m_port = m_proxy->serverPort();
    if (run("workspace create --admin Kim").exitCode != 0)
        return {};
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

ControlAnswer PeerRound::run(const QStringList &arguments) const
{
    return m_program->run(arguments + QStringList{QStringLiteral("--json"), QStringLiteral("--key-file"),
                                                  m_program->file(QStringLiteral("key"))});
}

ControlAnswer PeerRound::run(const char *line) const
{
    return run(QString::fromUtf8(line).split(QLatin1Char(' ')));
}

QString PeerRound::numberOf(const char *field, const QString &value) const
{
    const QJsonArray inbox = run("inbox").array();
    for (const QJsonValue &entry : inbox) {
        if (entry.toObject().value(QLatin1StringView(field)).toString() == value)
            return QString::number(entry.toObject().value(QStringLiteral("number")).toInteger());
    }
    return {};
}

QJsonObject PeerRound::message(const QString &conversation, const char *kind) const
{
    const QJsonObject shown = run({QStringLiteral("show"), conversation}).object();
    const QJsonArray messages = shown.value(QStringLiteral("messages")).toArray();
    QJsonObject found;
    for (const QJsonValue &entry : messages) {
        if (entry.toObject().value(QStringLiteral("kind")).toString() == QLatin1StringView(kind))
            found = entry.toObject();
    }
    return found;
}

void PeerRound::reply(const QString &conversation, const QString &text) const
{
    const ControlAnswer replied = run({QStringLiteral("reply"), conversation, text, QStringLiteral("--now")});
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
}

void PeerRound::checkNowhere(const QByteArrayList &secrets) const
{
    for (const char *line : {"export --what all", "journal", "channel list", "workspace verify", "outbox"}) {
        const ControlAnswer answer = run(line);
        QVERIFY2(answer.exitCode == 0, line);
        QVERIFY(!answer.out.isEmpty());
        for (const QByteArray &secret : secrets)
            QVERIFY2(!secret.isEmpty() && !answer.out.contains(secret) && !answer.err.contains(secret), line);
    }
}

void PeerRound::comeBack()
{
    m_proxy = std::make_unique<CuttingProxy>(m_server.host(), quint16(m_server.port()));
    m_proxy->close();
    QVERIFY(m_proxy->listen(QHostAddress::LocalHost, m_port));
}

} // namespace Earshot
