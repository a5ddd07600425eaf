// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/servedcopy.h"

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "server/credentials.h"
#include "tests/bench/actingclients.h"
#include "workspace/accountstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// A workspace with one conversation.
void makeWorkspace(const QString &path)
{
    SystemClock clock;
    if (!Workspace::create(path, str("Ana"), clock))
        qFatal("no workspace");
    const auto workspace = std::move(Workspace::open(path, Workspace::Access::owner, clock).value());
    LocalDesk desk(*workspace, AgentId(1));
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = str("@acme@social.example");
    const ChannelId id(desk.perform({makeAction(channel, clock.now())}).result().constFirst().created);
    RemoteMessage message;
    message.uri = message.threadUri = str("https://social.example/1");
    message.author.id = str("1");
    message.sentAt = clock.now();
    message.text = str("Help!");
    Page page;
    page.messages = {message};
    static_cast<void>(Intake(*workspace).storePage(id, page).result());
}

/// On the disk when it returns: nobody's commit is to wait for these gigabytes.
bool copyWorkspace(const QString &from, const QString &to)
{
    QFile copy(to);
    return QFile::copy(from, to) && copy.open(QIODevice::ReadWrite) && ::fsync(copy.handle()) == 0;
}

} // namespace

ServedCopy::ServedCopy(const QString &workspace)
    : m_folder((workspace.isEmpty() ? QDir::tempPath() : QFileInfo(workspace).absolutePath()) + str("/bench-XXXXXX"))
{
    if (workspace.isEmpty())
        makeWorkspace(path());
    else if (!copyWorkspace(workspace, path()))
        qFatal("%s cannot be copied", qPrintable(workspace));
}

ServedCopy::~ServedCopy()
{
    m_server.kill();
    m_server.waitForFinished(5000);
}

QList<QByteArray> ServedCopy::makeTokens(int devices)
{
    SystemClock clock;
    auto opened = Workspace::open(path(), Workspace::Access::owner, clock);
    if (!opened)
        qFatal("the workspace cannot be opened: %s", qPrintable(opened.error().detail));
    const auto workspace = std::move(*opened);
    QList<QByteArray> tokens;
    QList<TokenRecord> records;
    for (int i = 0; i < devices; ++i) {
        const NewToken token = makeToken();
        tokens.append(token.text.reveal());
        TokenRecord record;
        record.id = token.parts.id;
        record.agent = AgentId(1);
        record.device = newUuid(clock.now()).toString(QUuid::WithoutBraces);
        record.name = str("bench");
        record.hash = token.parts.hash;
        records.append(record);
    }
    m_account = workspace
                    ->write<QString>(Urgency::interactive,
                                     [records](Writing &writing) -> Result<QString> {
                                         for (const TokenRecord &record : records)
                                             storeToken(writing, record);
                                         return writing.meta(str("workspace"));
                                     })
                    .result()
                    .value();
    return tokens;
}

bool ServedCopy::start()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QCoreApplication::applicationDirPath() + str("/../app/server/earshotd"),
                   {path(), str("--no-courier"), str("--key-file"), m_folder.filePath(str("key")), str("--listen"),
                    str("127.0.0.1:0")});
    QByteArray told;
    runFor(20'000, [&] { return (told += m_server.readAllStandardOutput()).contains('\n'); });
    m_port = quint16(told.trimmed().split(' ').constLast().toUInt());
    return m_port != 0;
}

} // namespace Earshot
