// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/everycommand.h"

#include "cli/commandgroups.h"
#include "tests/cli/fileservers.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

QString key(const char *text)
{
    return QString::fromUtf8(text);
}

const QByteArray picture = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

} // namespace

/// Runs a table and tells what is wrong with it.
#define RUN(...)                                                                                                       \
    do {                                                                                                               \
        const QByteArray complaint = m_script.run(QList<ScriptRow> __VA_ARGS__);                                       \
        QVERIFY2(complaint.isEmpty(), complaint.constData());                                                          \
    } while (false)

EveryCommandTest::EveryCommandTest(On place, const QString &program)
    : m_isServed(place == On::server)
    , m_program(program)
{
}

EveryCommandTest::~EveryCommandTest() = default;

void EveryCommandTest::initTestCase()
{
    if (m_isServed) {
        m_servers = std::make_unique<FileServers>(m_program, m_program.file(key("served.earshot")), key("Kim"));
        m_script.runOn(*m_servers);
    }
    for (int i = 1; i <= 3; ++i)
        m_feed.add({key("urn:%1").arg(i), key("Reader"), key("Lamps %1").arg(i), key("They flicker."),
                    QDateTime::currentDateTimeUtc().addSecs(-3600 * i)});
    m_social = std::make_shared<FakeMastodon>(m_socialServer.host());
    m_social->setTime(m_clock.now());
    for (const char *name : {"Acme", "Mira", "Jo", "Bo", "Cy"})
        m_social->addPerson(key(name).toLower(), key(name));
    m_socialServer.serve(m_social);
    FakeMastodon::Manner below;
    below.inReplyTo = m_social->post(key("jo"), key("Which lamp is best?"));
    m_question = m_social->post(key("mira"), key("@acme mine flickers"), below);
    FakeMastodon::Manner warned;
    warned.contentWarning = key("burns");
    m_social->post(key("bo"), key("@acme it got hot"), warned);
    m_social->post(key("cy"), key("@acme it got hot too"));
    m_social->post(key("jo"), key("@acme and mine?"));
    m_blog = std::make_shared<FakeWordPress>(m_blogServer.host(), m_clock);
    m_blog->addUser(key("brand"), key("Lantern"), key("editor"), key("pass word"));
    m_post = m_blog->addPost(key("Winter"));
    m_blog->setModerated(true);
    m_comment = m_blog->visitorComment(m_post, key("Rosa"), key("Is it roasted here?"));
    m_blogServer.servePlainly(m_blog);
    m_program.writeFile(key("token"), FakeMastodon::tokenOf(key("acme")));
    m_program.writeFile(key("password"), "pass word\n");
    m_program.writeFile(key("lamp.gif"), picture);
    m_script.keep(key("social"), m_socialServer.host());
    m_script.keep(key("blog"), m_blogServer.host());
    m_script.keep(key("feed"), m_feed.address());
    for (const char *name : {"token", "password", "lamp.gif", "key", "copy", "one", "same", "other", "out"})
        m_script.keep(key(name), m_program.file(key(name)));
    RUN({{"workspace create --admin Kim", {{"admin", "Kim"}}, {}, ScriptRow::Place::file},
         {"agent list", {{"size", "1"}, {"0/role", "admin"}}}});
}

void EveryCommandTest::ask(const char *person, const char *text, const FakeMastodon::Manner &manner)
{
    m_social->setTime(m_clock.now());
    m_social->post(key(person), key(text), manner);
    RUN({{"pull --channel 2 --key-file {key}", {{"size", "1"}, {"0/messages", "1"}, {"0/error", "null"}}}});
}

void EveryCommandTest::peopleAreAddedAndLetIn()
{
    RUN({
        {"agent add Ana --role lead", {{"role", "lead"}, {"outcome", "applied"}}},
        {"agent list", {{"name=Ana/role", "lead"}, {"name=Ana/isDisabled", "false"}}},
        {"agent role Ana viewer", {{"outcome", "applied"}}},
        {"agent list", {{"name=Ana/role", "viewer"}}},
        {"agent role Ana agent", {{"outcome", "applied"}}},
        {"--agent Ana duty on", {{"outcome", "applied"}}, {}, ScriptRow::Place::file},
        {"agent list", {{"name=Ana/isOnDuty", "true"}}, {}, ScriptRow::Place::file},
        {"--agent Ana duty off", {{"outcome", "applied"}}, {}, ScriptRow::Place::file},
        {"duty sometimes", {{"error", "invalid"}}},
        {"agent limit Ana 20", {{"outcome", "applied"}}},
        {"agent list", {{"name=Ana/openLimit", "20"}, {"name=Ana/isOnDuty", "false"}}},
        {"agent limit Ana some", {{"error", "invalid"}}},
        {"agent limit Ana none", {{"outcome", "applied"}}},
        {"agent list", {{"name=Ana/openLimit", "0"}}},
        {"agent disable Ana", {{"outcome", "applied"}}},
        {"agent list", {{"name=Ana/isDisabled", "true"}}},
        {"--agent Ana agent add Eve", {{"error", "notFound"}}, {}, ScriptRow::Place::file},
        {"agent enable Ana", {{"outcome", "applied"}}},
        {"agent list", {{"name=Ana/isDisabled", "false"}}},
        {"agent password Ana --password-file -", {{"agent", "Ana"}}, "a long one\n"},
        {"agent password Ana --password-file -", {{"error", "invalid"}}, "short\n"},
        {"agent token Ana --device phone", {{"agent", "Ana"}, {"id", "=tokenId"}}},
        {"agent tokens Ana", {{"size", "1"}, {"0/name", "phone"}, {"0/id", "{tokenId}"}}},
        {"agent revoke Ana {tokenId}", {{"id", "{tokenId}"}}},
        {"agent tokens Ana", {{"size", "0"}}},
        {"agent log", {{"size", "3"}, {"0/kind", "tokenRevoked"}, {"2/kind", "passwordSet"}}},
        {"agent log --limit 1", {{"size", "1"}, {"0/token", "{tokenId}"}}},
        {"agent erase Ana {tokenId}", {{"id", "{tokenId}"}}},
        {"agent erase Ana {tokenId}", {{"error", "notFound"}}},
        {"agent tokens Ana", {{"size", "1"}, {"0/eraseAskedAt", "20*"}, {"0/erasedAt", "null"}}},
        {"agent log --limit 1", {{"size", "1"}, {"0/kind", "eraseAsked"}}},
    });
}

void EveryCommandTest::channelsAreConnected()
{
    RUN({
        {"channel find {feed}", {{"size", "1"}, {"0/network", "feed"}, {"0/needsUser", "false"}}},
        {"channel add {feed} --name Lamps --purpose sales --since 2020-01-01 --work-since 2020-02-01",
         {{"id", "1"}, {"name", "Lamps"}, {"purpose", "sales"}}},
        {"channel list", {{"0/horizon", "2019-12-31T23:00*"}, {"0/workSince", "2020-01-31T23:00*"}}},
        {"channel add @acme@{social} --network mastodon --token-file - --work-since 2020-01-01 --key-file {key}",
         {{"id", "2"}, {"account", "@acme@{social}"}, {"purpose", "support"}},
         FakeMastodon::tokenOf(key("acme"))},
        {"channel add http://{blog}/ --network wordpress --user nobody --password-file {password} --key-file {key}",
         {{"error", "authExpired"}}},
        {"channel add http://{blog}/ --network wordpress --user brand --password-file - --work-since 2020-01-01 "
         "--key-file {key}",
         {{"id", "3"}, {"network", "wordpress"}},
         "pass word\n"},
        {"channel list", {{"size", "3"}, {"1/health", "ok"}}},
        {"channel test 2 --key-file {key}", {{"channel", "2"}, {"capabilities/canReplyPrivately", "true"}}},
        {"channel test 3 --key-file {key}", {{"channel", "3"}, {"capabilities/canHide", "true"}}},
        {"channel edit 1 --name Lamp --every 5m --purpose community", {{"channel", "1"}}},
        {"channel list", {{"id=1/name", "Lamp"}, {"id=1/pullEverySeconds", "300"}, {"id=1/purpose", "community"}}},
        {"channel edit 1 --name Lamps", {{"channel", "1"}}},
        {"channel list", {{"id=1/name", "Lamps"}, {"id=1/pullEverySeconds", "300"}}},
        {"channel edit 1 --every 2s", {{"error", "invalid"}}},
        {"channel edit 1", {{"error", "invalid"}}},
        {"channel renew 2 --token-file {token} --key-file {key}", {{"channel", "2"}}},
        {"channel renew 3 --password-file {password} --key-file {key}", {{"channel", "3"}}},
        {"pull --channel Lamps", {{"size", "1"}, {"0/channel", "1"}, {"0/messages", "3"}}},
        {"inbox", {{"size", "3"}}},
        {"pull --key-file {key}", {{"size", "3"}, {"channel=1/messages", "0"}, {"channel=3/messages", "1"}}},
    });
}

ControlAnswer EveryCommandTest::runWithBrowser(const char *line, const char *person)
{
    QStringList words = m_script.wordsOf(key(line).replace(key("{social}"), m_socialServer.host()));
    words += {key("--key-file"), m_program.file(key("key")), key("--json")};
    const auto process = m_program.start(m_program.program(), words);
    QNetworkAccessManager browser;
    ControlAnswer answer;
    QEventLoop loop;
    connect(process.get(), &QProcess::finished, &loop, &QEventLoop::quit);
    connect(process.get(), &QProcess::readyReadStandardError, &loop, [&] {
        answer.err += process->readAllStandardError();
        const QByteArray page = answer.err.mid(std::max<qsizetype>(answer.err.indexOf("http://"), 0)).trimmed();
        if (page.startsWith("http://") && answer.err.endsWith('\n'))
            browser.get(QNetworkRequest(m_social->decideInBrowser(QUrl::fromEncoded(page), key(person))));
    });
    QTimer::singleShot(std::chrono::seconds(60), &loop, &QEventLoop::quit);
    loop.exec();
    answer.out = process->readAllStandardOutput();
    answer.exitCode = process->state() == QProcess::NotRunning ? process->exitCode() : -1;
    if (answer.exitCode == 0)
        m_script.noteSeen(words);
    return answer;
}

void EveryCommandTest::accountIsSignedInByBrowser()
{
    const ControlAnswer added = runWithBrowser("channel add @cy@{social} --network mastodon --browser", "cy");
    QVERIFY2(added.exitCode == 0, added.err.constData());
    QCOMPARE(added.object().value(key("account")).toString(), QString(key("@cy@") + m_socialServer.host()));
    const ControlAnswer renewed = runWithBrowser("channel renew 4 --browser", "cy");
    QVERIFY2(renewed.exitCode == 0, renewed.err.constData());
    RUN({{"channel test 4 --key-file {key}", {{"channel", "4"}}},
         {"channel remove 4", {{"channel", "4"}}},
         {"channel list", {{"size", "3"}}}});
}

void EveryCommandTest::teamsAreMade()
{
    RUN({
        {"team add Sales", {{"name", "Sales"}, {"outcome", "applied"}}},
        {"team member Sales Ana", {{"0/name", "Ana"}, {"0/team", "Sales"}, {"0/outcome", "applied"}}},
        {"channel team Lamps Sales", {{"outcome", "applied"}}},
        {"team list", {{"name=Sales/members/0", "Ana"}, {"name=Sales/channels/0", "Lamps"}}},
        {"team member Sales Ana --remove", {{"0/outcome", "applied"}}},
        {"channel team Lamps everybody", {{"outcome", "applied"}}},
        {"team list", {{"name=Sales/members/size", "0"}, {"name=Sales/channels/size", "0"}}},
        {"team rename Sales Shop", {{"name", "Shop"}, {"outcome", "applied"}}},
        {"team list", {{"0/name", "Shop"}}},
        {"team remove Shop", {{"outcome", "applied"}}},
        {"team list", {{"size", "0"}}},
    });
}

void EveryCommandTest::listsAndConversationsAreRead()
{
    FakeMastodon::Manner below;
    below.inReplyTo = m_question;
    ask("mira", "@acme and now it is dark", below);
    RUN({
        {"inbox", {{"size", "8"}, {"contact=Mira/number", "=mira"}, {"contact=Bo/number", "=bo"}}},
        {"inbox", {{"contact=Jo/number", "=jo"}, {"contact=Cy/number", "=cy"}, {"contact=Rosa/number", "=rosa"}}},
        {"inbox --channel Lamps", {{"size", "3"}, {"0/channel", "1"}}},
        {"inbox --limit 2", {{"size", "2"}}},
        {"inbox --view unassigned", {{"size", "8"}}},
        {"inbox --view mine", {{"size", "0"}}},
        {"show {mira}", {{"messages/size", "2"}, {"messages/0/text", "@acme mine flickers"}}},
        {"show {mira}", {{"messages/0/id", "=miraFirst"}, {"messages/1/id", "=miraLast"}}},
        {"show {mira} --limit 1", {{"messages/size", "1"}, {"messages/0/text", "@acme and now it is dark"}}},
        {"show {mira} --thread", {{"thread/size", "1"}, {"thread/0/text", "Which lamp is best?"}}},
        {"show {bo}", {{"messages/0/contentWarning", "burns"}, {"messages/0/text", "@acme it got hot"}}},
        {"search got hot", {{"size", "2"}}},
        {"search got hot --limit 1", {{"size", "1"}}},
        {"search nowhere", {{"size", "0"}}},
    });
}

void EveryCommandTest::workIsDone()
{
    RUN({
        {"claim {mira}", {{"0/hadEffect", "true"}}},
        {"inbox --view mine", {{"size", "1"}, {"0/assignee", "Kim"}}},
        {"--agent Ana claim {mira}", {{"0/refusal/kind", "taken"}, {"0/refusal/by", "Kim"}, {"error", "refused"}}},
        {"claim {mira} --agent Ana --force", {{"0/hadEffect", "true"}}},
        {"tag {mira} hardware urgent", {{"size", "2"}, {"1/tag", "urgent"}}},
        {"tag {mira} urgent --remove", {{"0/hadEffect", "true"}}},
        {"inbox --tag hardware", {{"size", "1"}, {"0/tags/size", "1"}, {"0/assignee", "Ana"}}},
        {"note {mira} looking", {{"outcome", "applied"}}},
        {"note {mira} -", {{"outcome", "applied"}}, "two words\n"},
        {"show {mira}", {{"messages/2/kind", "note"}, {"messages/3/text", "two words"}}},
        {"status {bo} resolved --reason spam", {{"0/outcome", "applied"}}},
        {"show {bo}", {{"status", "resolved"}, {"reason", "spam"}}},
        {"status {cy} resolved --duplicate-of {bo}", {{"0/outcome", "applied"}}},
        {"show {cy}", {{"reason", "duplicate"}, {"events/last/after", "resolved duplicate*"}}},
        {"status {cy} open", {{"0/outcome", "applied"}}},
        {"journal --limit 3", {{"size", "3"}, {"0/kind", "setStatus"}, {"1/id", "=second"}, {"2/id", "=third"}}},
        {"journal --before {second} --limit 1", {{"size", "1"}, {"0/id", "{third}"}}},
    });
}

void EveryCommandTest::noticesArePinned()
{
    RUN({
        {"view list", {{"size", "0"}}},
        {"inbox --view storm", {{"error", "invalid"}}},
        {"notice pin outage --until 2h --channel 2", {{"outcome", "applied"}, {"id", "=outage"}}},
        {"notice list", {{"size", "1"}, {"0/text", "outage"}, {"0/place", "channel 2"}, {"0/by", "Kim"}}},
        {"notice pin burning --tag hardware", {{"outcome", "applied"}, {"id", "=burning"}}},
        {"notice pin calm --view open", {{"outcome", "applied"}, {"id", "=calm"}}},
        {"notice list", {{"id={burning}/place", "tag *"}, {"id={calm}/place", "open"}}},
        {"notice pin both --view open --tag hardware", {{"error", "invalid"}}},
        {"notice pin mine --agent Ana", {{"refusal/kind", "permission"}, {"error", "refused"}}},
        {"notice unpin {outage}", {{"outcome", "applied"}}},
        {"notice unpin {burning}", {{"outcome", "applied"}}},
        {"notice unpin {outage}", {{"refusal/kind", "notFound"}, {"error", "notFound"}}},
        {"notice list", {{"size", "1"}, {"0/text", "calm"}}},
    });
}

/// "--based-on" is what a script has read before it decided; Ana does something else meanwhile.
void EveryCommandTest::otherPeoplesWorkIsKept()
{
    RUN({
        {"show {jo}", {{"seq", "=seen"}}},
        {"assign {jo} Ana --agent Ana", {{"0/hadEffect", "true"}}},
        {"assign {jo} Kim --based-on {seen}", {{"0/refusal/kind", "changed"}, {"error", "refused"}}},
        {"unassign {jo} --based-on {seen}", {{"0/refusal/by", "Ana"}, {"error", "refused"}}},
        {"assign {jo} Kim --based-on {seen} --force", {{"0/hadEffect", "true"}}},
        {"assign {jo} Ana --agent Ana", {{"0/hadEffect", "true"}}},
        {"unassign {jo} --based-on {seen} --force", {{"0/hadEffect", "true"}}},
        {"priority {jo} high --agent Ana", {{"0/hadEffect", "true"}}},
        {"priority {jo} low --based-on {seen}", {{"0/refusal/kind", "changed"}, {"error", "refused"}}},
        {"priority {jo} low --based-on {seen} --force", {{"0/hadEffect", "true"}}},
        {"status {jo} pending --agent Ana", {{"0/hadEffect", "true"}}},
        {"status {jo} open --based-on {seen}", {{"0/refusal/kind", "changed"}, {"error", "refused"}}},
        {"status {jo} open --based-on {seen} --force", {{"0/hadEffect", "true"}}},
        {"snooze {jo} 2h --agent Ana", {{"0/hadEffect", "true"}}},
        {"wake {jo} --based-on {seen}", {{"0/refusal/kind", "changed"}, {"error", "refused"}}},
        {"snooze {jo} 1d --based-on {seen}", {{"0/refusal/kind", "changed"}, {"error", "refused"}}},
        {"snooze {jo} 1d --based-on {seen} --force", {{"0/hadEffect", "true"}}},
        {"inbox --view snoozed", {{"size", "1"}, {"0/number", "{jo}"}}},
        {"snooze {jo} 3h --agent Ana", {{"0/hadEffect", "true"}}},
        {"wake {jo} --based-on {seen} --force", {{"0/hadEffect", "true"}}},
        {"show {jo}", {{"status", "open"}, {"priority", "low"}, {"assignee", "null"}}},
    });
}

void EveryCommandTest::repliesTakeTheirOptions()
{
    FakeMastodon::Manner below;
    below.inReplyTo = m_social->postsOf(key("jo")).constLast();
    RUN({{"show {jo}", {{"seq", "=seen"}}}});
    ask("jo", "@acme never mind", below);
    RUN({
        {"reply {jo} hello --based-on {seen}", {{"refusal/kind", "stale"}, {"error", "refused"}}},
        {"outbox", {{"size", "0"}}},
        {"reply {jo} hello --based-on {seen} --force --now", {{"outcome", "applied"}}},
        {"reply {mira} Licht --to {miraFirst} --cw light --language de --split --attach {lamp.gif} --describe Lampe "
         "--resolve --now",
         {{"outcome", "applied"}, {"delivery", "=delivery"}}},
        {"show {mira}", {{"status", "resolved"}, {"reason", "answered"}}},
        {"deliver --key-file {key}", {{"channel=2/sent", "2"}, {"channel=2/unsure", "0"}}},
        {"outbox", {{"size", "0"}}},
        {"show {mira}", {{"messages/last/delivery", "sent"}, {"messages/last/deliveryId", "{delivery}"}}},
        {"show {mira}", {{"messages/last/contentWarning", "light"}, {"messages/last/language", "de"}}},
        {"show {mira}", {{"messages/last/media/size", "1"}, {"messages/last/media/0/description", "Lampe"}}},
    });
    QCOMPARE(m_social->parentOf(newestPost()), m_question);
    QCOMPARE(m_social->contentWarningOf(newestPost()), key("light"));
    QCOMPARE(m_social->languageOf(newestPost()), key("de"));
    QCOMPARE(m_social->mediaDescriptionsOf(newestPost()), QStringList(key("Lampe")));
}

void EveryCommandTest::readersAreChosen()
{
    FakeMastodon::Manner secret;
    secret.visibility = Visibility::direct;
    ask("cy", "@acme my number is 7", secret);
    RUN({
        {"inbox", {{"isPrivate=true/number", "=aside"}}},
        {"reply {aside} hello --public --now", {{"refusal/kind", "moreReaders"}, {"error", "refused"}}},
        {"reply {aside} hello --public --wider --now", {{"outcome", "applied"}}},
        {"deliver --key-file {key}", {{"channel=2/sent", "1"}}},
    });
    QCOMPARE(m_social->visibilityOf(newestPost()), Visibility::everyone);
    ask("bo", "@acme @jo has it too");
    RUN({
        {"inbox --view open", {{"contact=Bo/number", "=both"}}},
        {"reply {both} yes --without @jo@{social} --now", {{"outcome", "applied"}}},
        {"deliver --key-file {key}", {{"channel=2/sent", "1"}}},
    });
    QVERIFY(!m_social->textOfPost(newestPost()).contains(key("@jo")));
    RUN({
        {"reply {both} aside --private --now", {{"outcome", "applied"}}},
        {"deliver --key-file {key}", {{"channel=2/sent", "1"}}},
        {"reply {both} both --private --public", {{"error", "invalid"}}},
    });
    QCOMPARE(m_social->visibilityOf(newestPost()), Visibility::direct);
}

void EveryCommandTest::outboxIsManaged()
{
    const qsizetype before = posts();
    RUN({{"reply {jo} never-seen", {{"delivery", "=waiting"}}},
         {"outbox", {{"size", "1"}, {"0/state", "held"}, {"0/id", "{waiting}"}}},
         {"outbox cancel {waiting}", {{"outcome", "applied"}}},
         {"outbox", {{"size", "0"}}}});
    m_social->forbid(key("/statuses"));
    RUN({{"reply {jo} later --now", {{"delivery", "=waiting"}}},
         {"deliver --key-file {key}", {{"channel=2/failed", "1"}, {"error", "permission"}}},
         {"outbox", {{"0/state", "failed"}, {"0/failure", "permission"}}}});
    m_social->forbid({});
    RUN({{"outbox retry {waiting}", {{"outcome", "applied"}}},
         {"deliver --key-file {key}", {{"channel=2/sent", "1"}}},
         {"outbox", {{"size", "0"}}}});
    QCOMPARE(posts(), before + 1);
    // What a copy of the file still had to send may have been sent by its twin: a person says for each what is so.
    RUN({{"reply {jo} twin-one", {{"delivery", "=waiting"}}},
         {"reply {cy} twin-two", {{"delivery", "=twin"}}},
         {"workspace backup {copy}", {{"backup", "{copy}"}}},
         {"--workspace {copy} claim {cy}", {{"0/outcome", "applied"}}},
         {"--workspace {copy} workspace info", {{"isCourierOff", "true"}, {"channels", "3"}}},
         {"--workspace {copy} workspace adopt", {{"workspace", "{copy}"}}, {}, ScriptRow::Place::file},
         {"--workspace {copy} workspace adopt", {{"workspace", "http://*"}}, {}, ScriptRow::Place::server},
         {"--workspace {copy} workspace info", {{"isCourierOff", "false"}}},
         {"--workspace {copy} outbox", {{"size", "2"}, {"0/state", "unsure"}, {"1/state", "unsure"}}},
         {"--workspace {copy} outbox retry {twin}", {{"refusal/kind", "notPossible"}, {"error", "refused"}}},
         {"--workspace {copy} outbox retry {twin} --force", {{"outcome", "applied"}}},
         {"--workspace {copy} outbox settle {waiting}", {{"outcome", "applied"}}},
         {"--workspace {copy} outbox", {{"size", "1"}, {"0/id", "{twin}"}}},
         {"deliver --now --key-file {key}", {{"channel=2/sent", "2"}}}});
    QCOMPARE(posts(), before + 3);
}

void EveryCommandTest::siteIsAnsweredAndModerated()
{
    RUN({
        {"show {rosa}", {{"messages/0/id", "=comment"}, {"messages/0/remoteState/moderation", "held"}}},
        {"effect {comment} approve", {{"effect", "approve"}, {"outcome", "applied"}}},
        {"deliver --now --key-file {key}", {{"channel=3/sent", "1"}}},
        {"show {rosa}", {{"messages/0/remoteState/moderation", "approved"}}},
        {"reply {rosa} Tuesdays. --now", {{"outcome", "applied"}}},
        {"deliver --key-file {key}", {{"channel=3/sent", "1"}}},
    });
    QCOMPARE(m_blog->comments().value(m_comment).status, key("approved"));
    const FakeWordPressComment answer = m_blog->comments().last();
    QCOMPARE(answer.raw, key("Tuesdays."));
    QCOMPARE(answer.parent, m_comment);
    // It comes back, and is no second message.
    RUN({
        {"pull --channel 3 --key-file {key}", {{"0/messages", "0"}}},
        {"show {rosa}", {{"messages/size", "2"}, {"status", "pending"}}},
        {"hide {comment}", {{"effect", "hide"}, {"outcome", "applied"}}},
        {"deliver --now --key-file {key}", {{"channel=3/sent", "1"}}},
    });
    QCOMPARE(m_blog->comments().value(m_comment).status, key("hold"));
    RUN({
        {"effect {comment} spam", {{"effect", "spam"}}},
        {"deliver --now --key-file {key}", {{"channel=3/sent", "1"}}},
    });
    QCOMPARE(m_blog->comments().value(m_comment).status, key("spam"));
}

void EveryCommandTest::likesComeAndGo()
{
    RUN({{"like {miraFirst}", {{"effect", "like"}, {"outcome", "applied"}}},
         {"deliver --now --key-file {key}", {{"channel=2/sent", "1"}}}});
    QCOMPARE(m_social->likes(m_question), 1);
    RUN({{"like {miraFirst} --undo", {{"effect", "unlike"}, {"outcome", "applied"}}},
         {"deliver --now --key-file {key}", {{"channel=2/sent", "1"}}}});
    QCOMPARE(m_social->likes(m_question), 0);
}

void EveryCommandTest::filesAreMadeAndChecked()
{
    RUN({
        {"workspace info", {{"channels", "3"}, {"agents", "2"}, {"origin", "same"}, {"undoSeconds", "10"}}},
        {"workspace set reopenDays 14", {{"setting", "reopenDays"}, {"value", "14"}, {"outcome", "applied"}}},
        {"workspace info", {{"reopenDays", "14"}}},
        {"workspace verify", {{"isSound", "true"}, {"problems/size", "0"}}},
        {"workspace generate {one} --conversations 20 --messages 60 --seed 2", {{"messages", "60"}}},
        {"workspace generate {same} --conversations 20 --messages 60 --seed 2", {{"messages", "60"}}},
        {"workspace generate {other} --conversations 20 --messages 60 --seed 3", {{"messages", "60"}}},
        {"workspace verify {one}", {{"conversations", "20"}, {"messages", "60"}, {"isSound", "true"}}},
        {"inbox --limit 1 --workspace {one}", {{"0/snippet", "=text"}, {"0/contact", "=author"}}},
        {"inbox --limit 1 --workspace {same}", {{"0/snippet", "{text}"}, {"0/contact", "{author}"}}},
        {"inbox --limit 1 --workspace {other}", {{"0/snippet", "=otherText"}, {"0/contact", "=otherAuthor"}}},
    });
    QVERIFY(m_script.kept("text") + m_script.kept("author") !=
            m_script.kept("otherText") + m_script.kept("otherAuthor"));
    RUN({{"channel remove 1", {{"channel", "1"}}}, {"channel list", {{"size", "2"}}}});
}

void EveryCommandTest::everythingIsExported()
{
    RUN({
        {"export --format csv --what messages --output {out} --workspace {one}", {{"rows", "60"}, {"output", "{out}"}}},
        {"export --output {out} --workspace {one}", {{"rows", "80"}}},
    });
    // Rows are lines, whether a document is asked for or not.
    const ControlAnswer lines = m_program.run(m_script.wordsOf(key("export --what conversations")));
    QCOMPARE(lines.exitCode, 0);
    QVERIFY(lines.out.count('\n') >= 8);
    QCOMPARE(m_program.run(m_script.wordsOf(key("export --what conversations --output - --json"))).out, lines.out);
}

/// What only a server has: coming in, and copies that follow it.
void EveryCommandTest::serversHaveTheirOwn()
{
    if (!m_isServed)
        return;
    m_program.writeFile(key("mine"), "a long one\n");
    m_script.keep(key("server"), m_servers->address());
    m_script.keep(key("mine"), m_program.file(key("mine")));
    m_script.keep(key("replica"), m_program.file(key("replica.earshot")));
    RUN({
        {"agent password Kim --password-file {mine}", {{"agent", "Kim"}}},
        {"login --user Kim --password-file {mine} --device Laptop --key-file {key}", {{"agent", "Kim"}}},
        {"agent tokens Kim", {{"name=Laptop/name", "Laptop"}, {"name=Laptop/eraseAskedAt", "null"}}},
        {"login --user Kim --password-file - --print", {{"token", "earshot_*"}}, "a long one\n"},
        {"workspace replicate {replica}", {{"server", "{server}"}}},
        {"workspace compare {replica}", {{"differences/size", "0"}}},
        {"workspace compare {replica} --repair", {{"repaired", "0"}}},
        {"logout --key-file {key}", {{"server", "{server}"}}},
        {"inbox", {{"error", "authExpired"}}},
    });
}

void EveryCommandTest::nothingWasLeftOut()
{
    // tst_server runs it with a server of a certificate of its own; what both take before a command is of servers only.
    static const QStringList ofServers{key("--server"), key("--token-file"), key("--ca-file")};
    static const QStringList ofFiles{key("--workspace"), key("--agent")};
    static const QStringList serverCommands{key("login"), key("logout"), key("workspace replicate"),
                                            key("workspace compare")};
    // tst_handover runs them.
    static const QStringList handOverCommands{key("workspace key"), key("workspace hand-over"),
                                              key("workspace receive")};
    QStringList missing;
    const auto look = [&](const QString &what) {
        if (!m_script.seen().contains(what))
            missing.append(what);
    };
    for (const CommandOption &option : globalOptions()) {
        const QString name = key("--") + key(option.name);
        if (!(m_isServed ? ofFiles : ofServers).contains(name) && name != key("--ca-file"))
            look(name);
    }
    for (const Command &command : allCommands()) {
        const QString name = key(command.name);
        if (handOverCommands.contains(name) || (m_isServed ? command.needsFile : serverCommands.contains(name)))
            continue;
        look(name);
        for (const CommandOption &option : command.options)
            look(name + key(" --") + key(option.name));
    }
    QVERIFY2(missing.isEmpty(), qPrintable(key("no row runs: ") + missing.join(key(", "))));
}

} // namespace Earshot
