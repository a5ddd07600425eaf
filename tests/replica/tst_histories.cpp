// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "tests/replica/comparing.h"
#include "tests/replica/decider.h"
#include "tests/replica/deed.h"
#include "tests/replica/desktop.h"
#include "tests/replica/networkbeside.h"
#include "tests/replica/roughline.h"
#include "tests/replica/seeds.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/mediafolder.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <array>
#include <functional>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using namespace std::chrono_literals;

/// A desktop behind a line of its own, and what its agent did.
struct Worker
{
    std::unique_ptr<CuttingProxy> line;
    std::unique_ptr<RoughLine> rough; ///< before the other
    std::unique_ptr<Desktop> desktop;
    QList<Deed> deeds;
    Decider decider;
};

/// What they showed came of lines that neither stalled nor throttled, and comes of the same steps only. The last ones:
/// a colleague's change was taken for one's own after a new log-in; drafts of what goes out of sight.
const QList<quint32> foundOnBetterLines{1'423'441'233U, 133'216'812U,   1'003'464'398U, 1'520'851'828U, 1'961'549'024U,
                                        2'258'650'942U, 2'869'493'444U, 3'039'904'773U, 516'244'169U,   1'874'164'252U};
/// Dead connections were given up one after another.
const QList<quint32> foundSince{91'032U};

/// Words that something on the way may take for an attack, and what it says then.
const QByteArray attack = "UNION SELECT";
const QByteArray forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";

/// Of the channel that comes and goes.
bool isOfTeam(qint64 conversation)
{
    return conversation % 2 == 0;
}

} // namespace

/// Several desktops and a server act, disconnect, stall, lose, delay, repeat and reorder requests, end and come back,
/// while roles, grants and clocks change, at random; then everything that was acknowledged is done exactly once, all
/// show the same, no old intent has won over a newer one, every reply is published once, and nothing that was typed is
/// gone: the last that Kim began to write in a conversation, at the one desk or the other, is at both, or, where that
/// went out of sight, at the server or among what a person is to decide. Requests hang, too, also while somebody logs
/// in anew; pictures are sent along, replies have several parts, and notes are edited by more than one; in some words
/// are turned away on the way, before or after they were heard, and who typed them gives up what was refused, sends it
/// anew or says it in other words; and in some the server is put back to a backup of earlier. EARSHOT_HISTORIES says
/// how many, EARSHOT_FIRST_SEED from which seed on, and EARSHOT_SEED does one again.
class HistoriesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsDoneOnce_data() { addSeeds(12, 500'000, foundOnBetterLines + foundSince); }
    void everythingIsDoneOnce();

private:
    void begin();
    void step();
    void disturb(Worker &worker);
    void disturbLine(Worker &worker);
    void makeWhole(Worker &worker);
    void turnAway(Worker &worker);
    static void waitUntil(const std::function<bool()> &isSo);
    /// @param first what is decided before anything else
    void decide(Worker &worker, const QString &first = {});
    void changeGrants();
    void useNetwork();
    void backUp();
    void restore();
    void act(Worker &worker);
    void actOtherwise(Worker &worker, ConversationId conversation);
    void editNote(Worker &worker);
    void beginToWrite();
    void compareDrafts();
    [[nodiscard]] QString keptElsewhere();
    [[nodiscard]] QString newWords(bool isLikeAttack = false);
    void type(Worker &worker, ConversationId conversation, const QString &words);
    void takeBack(Worker &worker);
    void perform(Worker &worker, Deed deed, ActionArguments arguments, Seq basedOn = 0);
    [[nodiscard]] ConversationId anyConversation(Worker &worker);
    /// What the client's own clock says: up to a day off, and it jumps.
    [[nodiscard]] Time clientTime()
    {
        return m_world->clock().now() + std::chrono::seconds(m_random.bounded(-86'400, 86'400));
    }
    void calm();
    [[nodiscard]] static QString stateOf(Desktop &desktop);
    [[nodiscard]] QString trouble();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<NetworkBeside> m_network;
    std::vector<Worker> m_workers;
    Worker m_secondDesk;             ///< of Kim's, where nothing is done but typed
    QHash<qint64, QString> m_drafts; ///< what was typed last, in each conversation
    QRandomGenerator m_random;
    quint16 m_port = 0;
    std::unique_ptr<QTemporaryDir> m_backup; ///< none = there is none yet
    int m_restores = 0;                      ///< still to come
    bool m_isServed = true;
    bool m_isLineWorse = true; ///< some stall, or let little through
    /// Some turn words away, and people decide what becomes of them; and more kinds of deeds are done.
    bool m_isLineWary = true;
    int m_texts = 0;
};

constexpr int questions = 3;

void HistoriesTest::begin()
{
    m_workers.clear();
    m_secondDesk = {};
    m_drafts.clear();
    m_network.reset();
    m_backup.reset();
    m_restores = m_random.bounded(3) == 0 ? int(m_random.bounded(1, 3)) : 0;
    ServerLimits limits;
    limits.slices.rest = 0ms;
    m_world = std::make_unique<ServerWorld>(limits, 3);
    m_network = std::make_unique<NetworkBeside>(*m_world);
    for (int i = 0; i < questions; ++i)
        m_network->ask(str("question %1").arg(i));
    m_network->pull();
    QCOMPARE(m_network->conversations().size(), questions);
    m_port = m_world->server().port();
    m_isServed = true;
    // Who joins finds all slices made, and has not to ask for them twice.
    const auto ana = m_world->client(ServerWorld::ana);
    QTRY_VERIFY(ana->get("/jmap/slices").body.contains("\"isComplete\":true"));
    for (const AgentId agent : {ServerWorld::kim, ServerWorld::bo, ServerWorld::ana}) {
        Worker worker;
        worker.line = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
        worker.rough = std::make_unique<RoughLine>(worker.line->serverPort());
        worker.rough->seed(m_random.generate());
        worker.desktop = std::make_unique<Desktop>(*m_world, agent, worker.rough->serverPort());
        worker.desktop->setLinePatience({5s, 5s});
        worker.desktop->open(50ms);
        m_workers.push_back(std::move(worker));
    }
    m_secondDesk.desktop = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_port);
    m_secondDesk.desktop->open(50ms);
    for (Worker &worker : m_workers)
        QTRY_COMPARE(worker.desktop->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(m_secondDesk.desktop->kind(), DeskStatus::Kind::current);
}

void HistoriesTest::disturbLine(Worker &worker)
{
    switch (m_random.bounded(m_isLineWorse ? 9 : 7)) {
    case 8:
        return worker.rough->throttle(int(m_random.bounded(10'000, 100'000)));
    case 7:
        return worker.rough->stall();
    case 6:
        // Until it is whole again, or the client has waited for long enough.
        return worker.line->holdAnswersTo("POST /jmap/");
    case 0:
        return worker.line->cutAnswersTo("POST /jmap/");
    case 1:
        return worker.line->cutAnswersTo("POST /jmap/", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    case 2:
        worker.rough->delay({}, {});
        worker.rough->throttle(0);
        worker.rough->repeat(0, 0ms);
        worker.line->cutAnswersTo({});
        return worker.line->letHeldGo();
    case 3:
        return worker.rough->delay(RoughLine::Ms(m_random.bounded(20)), RoughLine::Ms(m_random.bounded(60)));
    case 4:
        return worker.rough->repeat(int(m_random.bounded(1, 4)), 200ms);
    default:
        worker.rough->reset();
    }
}

/// And nothing waits, so that what is typed next goes out at once.
void HistoriesTest::makeWhole(Worker &worker)
{
    worker.rough->delay({}, {});
    worker.rough->throttle(0);
    worker.rough->repeat(0, 0ms);
    worker.rough->reset();
    worker.line->cutAnswersTo({});
    worker.line->losePushes(false);
    worker.line->letHeldGo();
    worker.desktop->session().tryNow();
    waitUntil([&worker] { return worker.desktop->kind() == DeskStatus::Kind::current && worker.desktop->isSettled(); });
}

/// Some words, on the one way or the other, or none any more; then somebody types such ones.
void HistoriesTest::turnAway(Worker &worker)
{
    constexpr std::array kinds{0, 1, 1, 1, 2};
    const int kind = kinds.at(size_t(m_random.bounded(int(kinds.size()))));
    const bool isTyped = kind != 0 && worker.desktop->isOpen() && m_isServed;
    if (isTyped)
        makeWhole(worker);
    worker.line->cutAnswersWith(kind == 1 ? attack : QByteArray(), forbidden);
    worker.line->loseRequests(kind == 2 ? attack : QByteArray(), forbidden);
    // Else what was done is known before anybody can decide otherwise.
    worker.line->losePushes(kind == 1);
    if (!isTyped)
        return;
    const QString words = newWords(true);
    type(worker, anyConversation(worker), words);
    // It is tried some times before it is refused; then it is decided before what was refused earlier.
    waitUntil([&] { return Decider::isToDecide(*worker.desktop, words); });
    decide(worker, words);
}

/// Or for a moment, where that does not come.
void HistoriesTest::waitUntil(const std::function<bool()> &isSo)
{
    for (const QDeadlineTimer soon(1000); !soon.hasExpired() && !isSo();)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

void HistoriesTest::decide(Worker &worker, const QString &first)
{
    const auto next = [this] { return newWords(); };
    if (worker.desktop->isOpen())
        worker.decider.decide(*worker.desktop, worker.deeds, m_random, next, first);
}

void HistoriesTest::disturb(Worker &worker)
{
    switch (m_random.bounded(8)) {
    case 7:
        if (worker.desktop->isOpen())
            worker.desktop->session().setToken(Secret(m_world->token(worker.desktop->agent())));
        break;
    case 0:
        if (m_isServed)
            m_world->stopServer();
        else
            m_world->start({}, m_port);
        m_isServed = !m_isServed;
        break;
    case 1:
        worker.decider.forget();
        if (worker.desktop->isOpen())
            worker.desktop->close();
        else
            worker.desktop->open(50ms);
        break;
    case 2:
        m_world->clock().advance(std::chrono::seconds(m_random.bounded(600)));
        break;
    case 3:
        changeGrants();
        break;
    default:
        disturbLine(worker);
    }
}

/// Somebody beside the three: who may see what, and who may do what.
void HistoriesTest::changeGrants()
{
    const AgentId agent = m_random.bounded(2) == 0 ? ServerWorld::kim : ServerWorld::bo;
    ActionArguments change = Act::SetTeamMember{TeamId(1), agent, m_random.bounded(2) == 0};
    if (m_random.bounded(2) == 0) {
        Act::EditAgent edit;
        edit.agent = agent;
        edit.role = m_random.bounded(3) == 0 ? Role::viewer : Role::agent;
        change = edit;
    } else if (m_random.bounded(4) == 0) {
        change = Act::SetChannelTeam{ServerWorld::sales, TeamId(m_random.bounded(2))};
    }
    static_cast<void>(m_world->act(std::move(change)));
}

void HistoriesTest::useNetwork()
{
    switch (m_random.bounded(4)) {
    case 0:
        m_network->disturb(m_random);
        break;
    case 1:
        m_network->askAgain(m_random.bounded(questions), str("question again %1").arg(++m_texts));
        m_network->pull();
        break;
    default:
        m_world->clock().advance(std::chrono::seconds(m_random.bounded(40)));
        m_network->deliver();
    }
}

void HistoriesTest::backUp()
{
    m_backup = std::make_unique<QTemporaryDir>();
    m_world->backUp(m_backup->filePath(str("copy")));
}

void HistoriesTest::restore()
{
    --m_restores;
    m_network->part();
    m_world->restore(m_backup->filePath(str("copy")));
    m_network->join();
    if (m_isServed)
        m_world->start({}, m_port);
    for (Worker &worker : m_workers) {
        for (Deed &deed : worker.deeds)
            deed.isBeforeRestore = true;
    }
    // What was withdrawn was at the server alone.
    m_drafts.removeIf([](const auto &draft) { return isOfTeam(draft.key()); });
}

void HistoriesTest::perform(Worker &worker, Deed deed, ActionArguments arguments, Seq basedOn)
{
    deed.action = makeAction(std::move(arguments), clientTime(), basedOn);
    deed.told = worker.desktop->desk().perform({deed.action});
    worker.deeds.append(deed);
}

/// No text begins another.
QString HistoriesTest::newWords(bool isLikeAttack)
{
    return str("text %1%2.").arg(++m_texts).arg(isLikeAttack ? u' ' + QString::fromLatin1(attack) : QString());
}

void HistoriesTest::type(Worker &worker, ConversationId conversation, const QString &words)
{
    Deed deed;
    deed.conversation = conversation;
    deed.text = words;
    const QList<ConversationId> published = m_network->conversations();
    deed.isReply = published.contains(conversation) && m_random.bounded(3) != 0;
    ActionArguments arguments = Act::AddNote{conversation, deed.text};
    if (deed.isReply) {
        Act::SendReply reply;
        reply.conversation = conversation;
        reply.text = deed.text;
        if (m_random.bounded(3) == 0) {
            const QString folder = worker.desktop->session().workspace().mediaFolder();
            deed.file = keepMediaBytes(folder, "GIF89a of " + deed.text.toUtf8()).value();
            reply.media = {{deed.file, str("image/gif"), str("a picture")}};
        }
        arguments = reply;
    }
    perform(worker, deed, std::move(arguments), worker.desktop->conversation(conversation).seq);
}

void HistoriesTest::takeBack(Worker &worker)
{
    for (Deed &deed : worker.deeds) {
        if (!deed.isReply || deed.isTakenBack || !deed.isPromised() || !deed.anew.isEmpty() || deed.isGivenUp ||
            m_random.bounded(3) != 0)
            continue;
        deed.isTakenBack = true;
        const DeliveryId delivery(deed.outcome()->created);
        perform(worker, {}, Act::CancelDelivery{delivery});
        return;
    }
}

/// Half of them can be answered; of the others the even ones are of the team's channel.
ConversationId HistoriesTest::anyConversation(Worker &worker)
{
    const QList<ConversationId> published = m_network->conversations();
    if (m_random.bounded(2) == 0)
        return published.at(m_random.bounded(int(published.size())));
    const ConversationId any(m_random.bounded(1, 7));
    return worker.desktop->conversation(any).id.isValid() ? any : ConversationId(1);
}

void HistoriesTest::act(Worker &worker)
{
    Deed deed;
    deed.conversation = anyConversation(worker);
    const ConversationId conversation = deed.conversation;
    const Seq seen = worker.desktop->conversation(conversation).seq;
    const QString tag = str("tag%1").arg(m_random.bounded(3));
    const int kind = m_random.bounded(m_isLineWary ? 13 : 10);
    if (kind > 9)
        return actOtherwise(worker, conversation);
    const char *const groups[] = {"assignee", "assignee", "status", "status", "", "", "priority"};
    if (kind < 7)
        deed.group = kind == 4 || kind == 5 ? tag : str(groups[kind]);
    switch (kind) {
    case 0:
        return perform(worker, deed, Act::Claim{conversation}, seen);
    case 1:
        return perform(worker, deed, Act::Unassign{conversation}, seen);
    case 2:
        return perform(worker, deed, Act::SetStatus{conversation, Status::resolved, Reason::answered, {}}, seen);
    case 3:
        return perform(worker, deed, Act::SetStatus{conversation, Status::open, Reason::none, {}}, seen);
    case 4:
        return perform(worker, deed, Act::AddTag{conversation, tag});
    case 5:
        return perform(worker, deed, Act::RemoveTag{conversation, tag});
    case 6:
        return perform(worker, deed, Act::SetPriority{conversation, Priority(m_random.bounded(4))}, seen);
    case 7:
        return takeBack(worker);
    default:
        return type(worker, conversation, newWords(m_isLineWary && m_random.bounded(3) == 0));
    }
}

/// A note of one's own, or, for an admin, anybody's, as it stands here.
void HistoriesTest::editNote(Worker &worker)
{
    const AgentId me = worker.desktop->agent();
    const QString mine = me == ServerWorld::ana ? QString() : str(" AND agent = %1").arg(me.value);
    const QStringList notes = worker.desktop->rows(
        str("SELECT id || ' ' || conversation || ' ' || text FROM message WHERE kind = 2%1 ORDER BY id").arg(mine));
    if (notes.isEmpty())
        return;
    const QString note = notes.at(m_random.bounded(int(notes.size())));
    Deed deed;
    deed.conversation = ConversationId(note.section(u' ', 1, 1).toLongLong());
    deed.saw = note.section(u' ', 2);
    deed.text = newWords();
    perform(worker, deed,
            Act::EditNote{MessageId(note.section(u' ', 0, 0).toLongLong()), deed.text, versionOfNote(deed.saw)});
}

/// What is done more seldom.
void HistoriesTest::actOtherwise(Worker &worker, ConversationId conversation)
{
    const Seq seen = worker.desktop->conversation(conversation).seq;
    Deed deed;
    deed.conversation = conversation;
    switch (m_random.bounded(4)) {
    case 0:
        deed.group = str("assignee");
        return perform(worker, deed, Act::Assign{conversation, AgentId(m_random.bounded(1, 4))}, seen);
    case 1:
        deed.group = str("status");
        return perform(worker, deed, Act::Snooze{conversation, m_world->clock().now() + 48h}, seen);
    case 2:
        return editNote(worker);
    default:
        break;
    }
    if (!m_network->conversations().contains(conversation))
        return;
    deed.isReply = true;
    deed.text = newWords();
    deed.parts = {newWords(), newWords()};
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = deed.text;
    reply.furtherParts = deed.parts;
    perform(worker, deed, reply, seen);
}

void HistoriesTest::beginToWrite()
{
    Worker &worker = m_random.bounded(2) == 0 ? m_secondDesk : m_workers.front();
    if (!worker.desktop->isOpen())
        return;
    DraftRecord draft;
    draft.conversation = ConversationId(m_random.bounded(1, 7));
    // Only what is in sight is written to.
    if (!worker.desktop->conversation(draft.conversation).id.isValid())
        return;
    // The shown one is written over, by who sees it.
    draft.text = str("begun %1.").arg(++m_texts);
    worker.desktop->desk().saveDraft(draft);
    if (m_random.bounded(2) == 0)
        static_cast<void>(worker.desktop->desk().flushPersonal());
    m_drafts.insert(draft.conversation.value, draft.text);
}

void HistoriesTest::compareDrafts()
{
    Act::EditAgent edit;
    edit.agent = ServerWorld::kim;
    edit.role = Role::agent;
    static_cast<void>(m_world->act(edit));
    // What is of no conversation that is here nobody sees.
    const QString drafts = str("SELECT conversation || ' ' || text FROM draft WHERE conversation IN (SELECT id FROM "
                               "conversation) ORDER BY conversation, text");
    for (Worker *worker : {&m_workers.front(), &m_secondDesk}) {
        worker->desktop->session().tryNow();
        const auto flushed = worker->desktop->desk().flushPersonal();
        QTRY_VERIFY(flushed.isFinished());
    }
    const auto here = [&](Worker &worker) { return worker.desktop->rows(drafts); };
    QTRY_VERIFY2_WITH_TIMEOUT(
        here(m_workers.front()) == here(m_secondDesk),
        qPrintable(here(m_workers.front()).join(u'\n') + str("\nand ") + here(m_secondDesk).join(u'\n')), 60'000);
    const auto missing = [&]() -> QString {
        const QString shown = here(m_secondDesk).join(u'\n');
        const QString kept = shown + u'\n' + keptElsewhere();
        for (auto draft = m_drafts.cbegin(); draft != m_drafts.cend(); ++draft) {
            const QString &found = isOfTeam(draft.key()) ? kept : shown;
            if (!found.contains(*draft))
                return *draft + str(" is not in ") + found;
        }
        return {};
    };
    QTRY_VERIFY2(missing().isEmpty(), qPrintable(missing()));
}

/// What was typed of a channel that was withdrawn: what the server was told is there until it is in sight again, and
/// all else is what a person is to decide.
QString HistoriesTest::keptElsewhere()
{
    QStringList texts =
        firstColumn(m_world->workspace(),
                    str("SELECT body FROM told_draft WHERE agent = %1 AND body <> ''").arg(ServerWorld::kim.value));
    for (Worker *worker : {&m_workers.front(), &m_secondDesk})
        texts += worker->desktop->rows(str("SELECT body FROM outbox WHERE state = 3"));
    return texts.join(u'\n');
}

void HistoriesTest::step()
{
    Worker &worker = m_workers[size_t(m_random.bounded(int(m_workers.size())))];
    if (m_restores > 0 && m_random.bounded(30) == 0)
        m_backup ? restore() : backUp();
    else if (m_random.bounded(5) == 0)
        disturb(worker);
    else if (m_isLineWary && m_random.bounded(12) == 0)
        turnAway(worker);
    else if (m_isLineWary && m_random.bounded(3) == 0)
        decide(worker);
    else if (m_random.bounded(12) == 0)
        m_world->receive(ServerWorld::open, str("h%1").arg(++m_texts), str("something new"));
    else if (m_random.bounded(8) == 0)
        useNetwork();
    else if (m_random.bounded(8) == 0)
        beginToWrite();
    else if (worker.desktop->isOpen())
        act(worker);
    const int events = m_random.bounded(12);
    for (int i = 0; i < events; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

/// All lines whole, everybody there, nothing on its way, and all that is to be published is.
void HistoriesTest::calm()
{
    if (!m_isServed)
        m_world->start({}, m_port);
    m_isServed = true;
    for (Worker &worker : m_workers) {
        worker.line->cutAnswersTo({});
        worker.line->cutAnswersWith({});
        worker.line->loseRequests({});
        worker.line->losePushes(false);
        worker.line->letHeldGo();
        worker.rough->delay({}, {});
        worker.rough->throttle(0);
        if (!worker.desktop->isOpen())
            worker.desktop->open();
        // A log-in of after the backup is none any more.
        if (m_backup)
            worker.desktop->session().setToken(Secret(m_world->token(worker.desktop->agent())));
        worker.desktop->session().tryNow();
    }
    for (Worker &worker : m_workers) {
        QTRY_VERIFY2_WITH_TIMEOUT(worker.desktop->isSettled(), qPrintable(stateOf(*worker.desktop)), 60'000);
        QTRY_COMPARE(worker.desktop->desk().waitingCount(), 0);
        // What was repeated until now has come, and would change what is compared.
        worker.rough->repeat(0, 0ms);
        QTRY_COMPARE(worker.rough->repeatsToCome(), 0);
    }
    QVERIFY(m_network->settle());
    QList<Desktop *> desktops{m_secondDesk.desktop.get()};
    for (Worker &worker : m_workers)
        desktops.append(worker.desktop.get());
    for (Desktop *desktop : std::as_const(desktops)) {
        const auto different = [&] { return differences(*m_world, desktop->session().workspace(), desktop->agent()); };
        QTRY_VERIFY2_WITH_TIMEOUT(different().isEmpty(), qPrintable(different().join(u'\n')), 60'000);
    }
}

/// What keeps it from being settled.
QString HistoriesTest::stateOf(Desktop &desktop)
{
    const DeskStatus status = desktop.desk().status();
    QStringList lines{str("agent %1: status %2, %3 %4")
                          .arg(desktop.agent().value)
                          .arg(int(status.kind))
                          .arg(word(status.why.kind), status.why.detail)};
    lines += desktop.rows(str("SELECT 'entry ' || id || ' state ' || state || ' number ' || coalesce(number, '-') || "
                              "' seq ' || seq || ' era ' || era || ' ' || body || ' ' || outcome FROM outbox "
                              "WHERE state IN (0, 1, 2, 5) ORDER BY id"));
    lines += desktop.rows(str("SELECT name || ' = ' || substr(value, 1, 200) FROM meta WHERE name LIKE 'replica%'"));
    lines += desktop.rows(str("SELECT 'device ' || uuid || ' ' || last_action FROM device"));
    return lines.join(u'\n');
}

QString HistoriesTest::trouble()
{
    for (Worker &worker : m_workers) {
        DeedJudge judge(*m_world, *m_network, *worker.desktop);
        if (const QString found = judge.troubleWith(worker.deeds); !found.isEmpty())
            return str("agent %1: ").arg(worker.desktop->agent().value) + found;
    }
    return {};
}

void HistoriesTest::everythingIsDoneOnce()
{
    QFETCH(quint32, seed);
    m_random.seed(seed);
    m_isLineWorse = !foundOnBetterLines.contains(seed);
    m_isLineWary = m_isLineWorse && !foundSince.contains(seed);
    begin();
    for (int i = 0; i < 120; ++i)
        step();
    calm();
    if (!QTest::currentTestFailed())
        compareDrafts();
    if (QTest::currentTestFailed())
        return;
    const QString found = trouble();
    QVERIFY2(found.isEmpty(), qPrintable(found));
    m_workers.clear();
    m_secondDesk = {};
    m_network.reset();
    m_world.reset();
}

QTEST_GUILESS_MAIN(HistoriesTest)
#include "tst_histories.moc"
