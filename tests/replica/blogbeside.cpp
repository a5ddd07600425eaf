// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/blogbeside.h"

#include "tests/replica/desktop.h"
#include "tests/replica/letend.h"
#include "workspace/queries.h"

#include <algorithm>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

BlogBeside::BlogBeside(ServerWorld &world)
    : m_world(world)
    , m_site(std::make_shared<FakeWordPress>(str("blog.example"), world.clock()))
    , m_secrets(makeMemoryStore())
{
    m_site->addUser(str("brand"), str("Lantern"), str("editor"), str("pw"));
    const qint64 post = m_site->addPost(str("Winter blend"));
    for (int i = 0; i < comments; ++i) {
        world.clock().advance(std::chrono::seconds(1));
        m_comments.append(m_site->visitorComment(post, str("Visitor %1").arg(i), str("comment %1").arg(i)));
    }
    m_transport.add(m_site);
    letEnd(m_secrets->write(str("s"), Secret("pw")));
    Act::AddChannel add;
    add.network = Network::wordpress;
    add.address = str("https://blog.example/");
    add.login = str("brand");
    add.horizon = world.clock().now() - std::chrono::days(30);
    add.workSince = world.clock().now() - std::chrono::days(1);
    m_channel = ChannelId(world.act(add).created);
    join();
}

void BlogBeside::join()
{
    m_intake = std::make_unique<Intake>(m_world.workspace());
    ChannelRunner::Setting setting;
    setting.intake = m_intake.get();
    setting.secrets = m_secrets.get();
    setting.network = {&m_transport, &m_world.clock()};
    setting.secretName = str("s");
    setting.process = newUuid(m_world.clock().now()).toString();
    const auto channels =
        m_world.workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    const auto mine = std::ranges::find(*channels, m_channel, &ChannelRecord::id);
    m_runner = std::make_unique<ChannelRunner>(*mine, setting, nullptr);
}

void BlogBeside::part()
{
    m_runner.reset();
    m_intake.reset();
    m_transport.letGo();
}

void BlogBeside::pull()
{
    letEnd(m_runner->pull());
}

void BlogBeside::deliver(bool skipUndoWindow)
{
    letEnd(m_runner->deliver(skipUndoWindow, false));
}

void BlogBeside::beginToDeliver(QRandomGenerator &random)
{
    const int request = random.bounded(8);
    m_transport.setTrouble(request, random.bounded(3) == 0 ? Trouble::refused : Trouble::none);
    m_transport.hold(request);
    letEndOrHold(m_runner->deliver(false, false), m_transport);
    // Where fewer were made.
    mend();
}

void BlogBeside::disturb(QRandomGenerator &random)
{
    constexpr Trouble troubles[] = {Trouble::refused, Trouble::answerLost, Trouble::serverError};
    m_transport.setTrouble(int(random.bounded(4)), troubles[random.bounded(3)]);
}

void BlogBeside::mend()
{
    m_transport.setTrouble(0, Trouble::none);
    m_transport.hold(-1);
}

qint64 BlogBeside::numberOf(const char *column, int comment) const
{
    const QString rows = str("SELECT %1 FROM message WHERE channel = %2 AND kind = 0 AND remote_id = '%3'");
    return firstColumn(m_world.workspace(), rows.arg(str(column)).arg(m_channel.value).arg(m_comments.at(comment)))
        .value(0)
        .toLongLong();
}

MessageId BlogBeside::messageOf(int comment) const
{
    return MessageId(numberOf("id", comment));
}

ConversationId BlogBeside::conversationOf(int comment) const
{
    return ConversationId(numberOf("conversation", comment));
}

bool BlogBeside::isHidden(int comment) const
{
    return m_site->comments().value(m_comments.at(comment)).status == str("hold");
}

} // namespace Earshot
