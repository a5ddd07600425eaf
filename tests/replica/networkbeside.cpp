// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/networkbeside.h"

#include "tests/replica/blogbeside.h"
#include "tests/replica/desktop.h"
#include "tests/replica/letend.h"
#include "workspace/queries.h"

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

NetworkBeside::NetworkBeside(ServerWorld &world)
    : m_world(world)
    , m_server(std::make_shared<FakeMastodon>(str("social.example"), FakeMastodon::Dialect::mastodon))
    , m_secrets(makeMemoryStore())
{
    m_server->setTime(world.clock().now());
    m_server->addPerson(str("acme"));
    m_transport.add(m_server);
    letEnd(m_secrets->write(str("s"), Secret(FakeMastodon::tokenOf(str("acme")))));
    join();
}

void NetworkBeside::join()
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
    m_runner = std::make_unique<ChannelRunner>(channels->constFirst(), setting, nullptr);
}

void NetworkBeside::part()
{
    m_runner.reset();
    m_intake.reset();
    m_transport.letGo();
}

void NetworkBeside::ask(const QString &text)
{
    const QString person = str("person%1").arg(m_questions.size());
    m_world.clock().advance(std::chrono::seconds(1));
    m_server->setTime(m_world.clock().now());
    m_server->addPerson(person);
    m_questions.append(m_server->post(person, str("@acme ") + text));
}

void NetworkBeside::askAgain(int question, const QString &text)
{
    m_world.clock().advance(std::chrono::seconds(1));
    m_server->setTime(m_world.clock().now());
    FakeMastodon::Manner manner;
    manner.inReplyTo = m_questions.at(question);
    m_server->post(str("person%1").arg(question), str("@acme ") + text, manner);
}

void NetworkBeside::pull()
{
    m_server->setTime(m_world.clock().now());
    letEnd(m_runner->pull());
}

void NetworkBeside::deliver(bool skipUndoWindow)
{
    m_server->setTime(m_world.clock().now());
    letEnd(m_runner->deliver(skipUndoWindow, false));
}

void NetworkBeside::beginToDeliver(QRandomGenerator &random)
{
    m_server->setTime(m_world.clock().now());
    const int request = random.bounded(8);
    m_transport.setTrouble(request, random.bounded(3) == 0 ? Trouble::refused : Trouble::none);
    m_transport.hold(request);
    letEndOrHold(m_runner->deliver(false, false), m_transport);
    // Where fewer were made.
    mend();
}

void NetworkBeside::disturb(QRandomGenerator &random)
{
    constexpr Trouble troubles[] = {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::gaveUp,
                                    Trouble::denied};
    m_transport.setTrouble(int(random.bounded(3)), troubles[random.bounded(5)]);
}

/// No request fails any more.
void NetworkBeside::mend()
{
    m_transport.setTrouble(0, Trouble::none);
    m_transport.hold(-1);
}

QList<ConversationId> NetworkBeside::conversations() const
{
    QList<ConversationId> found;
    const QStringList rows =
        firstColumn(m_world.workspace(), str("SELECT DISTINCT conversation FROM message WHERE channel = 1 AND kind = 0 "
                                             "AND conversation IS NOT NULL AND text LIKE '%question%' ORDER BY 1"));
    for (const QString &row : rows)
        found.append(ConversationId(row.toLongLong()));
    return found;
}

MessageId NetworkBeside::messageOf(int question) const
{
    const QStringList rows = firstColumn(
        m_world.workspace(), str("SELECT id FROM message WHERE kind = 0 AND text LIKE '%question %1'").arg(question));
    return MessageId(rows.value(0).toLongLong());
}

int NetworkBeside::published(const QString &text) const
{
    int count = 0;
    const QStringList posts = m_server->postsOf(str("acme"));
    for (const QString &id : posts)
        count += m_server->textOfPost(id).contains(text) ? 1 : 0;
    return count;
}

int NetworkBeside::publishedFiles(const QString &text) const
{
    qsizetype count = 0;
    const QStringList posts = m_server->postsOf(str("acme"));
    for (const QString &id : posts)
        count += m_server->textOfPost(id).contains(text) ? m_server->mediaDescriptionsOf(id).size() : 0;
    return int(count);
}

QStringList NetworkBeside::deliveries(const QString &states)
{
    return firstColumn(m_world.workspace(), str("SELECT id FROM delivery WHERE state IN (") + states + str(")"));
}

void NetworkBeside::answerUnsure(const QString &delivery)
{
    const QStringList text =
        firstColumn(m_world.workspace(),
                    str("SELECT m.text FROM delivery d JOIN message m ON m.id = d.message WHERE d.id = ") + delivery);
    const DeliveryId id(delivery.toLongLong());
    Action action = makeAction(Act::SettleDelivery{id}, m_world.clock().now());
    if (published(text.constFirst()) == 0) {
        action.arguments = Act::RetryDelivery{id};
        action.force = true;
    }
    letEnd(m_world.desk().performAs(ServerWorld::ana, {action}));
}

bool NetworkBeside::settle(BlogBeside *blog)
{
    mend();
    if (blog)
        blog->mend();
    for (int round = 0; round < 30; ++round) {
        m_world.clock().advance(std::chrono::minutes(5));
        pull();
        deliver(true);
        if (blog) {
            blog->pull();
            blog->deliver(true);
        }
        const QStringList unsure = deliveries(str("8"));
        for (const QString &delivery : unsure)
            answerUnsure(delivery);
        m_failures = firstColumn(m_world.workspace(), str("SELECT id || ' ' || failure || ' ' || failure_detail FROM "
                                                          "delivery WHERE state = 7"));
        const QStringList failed = deliveries(str("7"));
        for (const QString &delivery : failed)
            static_cast<void>(m_world.act(Act::RetryDelivery{DeliveryId(delivery.toLongLong())}));
        if (deliveries(str("3, 4, 5, 7, 8")).isEmpty())
            return true;
    }
    return false;
}

QString NetworkBeside::unsettled()
{
    const QStringList left = firstColumn(
        m_world.workspace(),
        str("SELECT d.id || ' channel ' || d.channel || ' effect ' || d.effect || ' state ' || d.state || "
            "' attempts ' || d.attempts || ' held ' || d.held_until || ' retry ' || d.retry_at || ' ' || "
            "d.failure || ' ' || d.failure_detail || ' ' || m.text || ' target ' || "
            "coalesce((SELECT presence FROM message WHERE id = d.target), '-') || ' after ' || coalesce((SELECT "
            "b.id || ' in ' || b.state FROM delivery_wish w JOIN delivery b ON b.id = w.after_delivery "
            "WHERE w.delivery = d.id), '-') FROM delivery d JOIN "
            "message m ON m.id = d.message WHERE d.state IN (3, 4, 5, 7, 8)"));
    return (left + m_failures).join(u'\n');
}

} // namespace Earshot
