// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/blogbeside.h"
#include "tests/replica/comparing.h"
#include "tests/replica/doer.h"
#include "tests/replica/insisting.h"
#include "tests/replica/networkbeside.h"
#include "tests/replica/seeds.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>
#include <QStandardPaths>
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

/// What they showed came of lines that neither stalled nor throttled, and comes of the same steps only. The last ones:
/// a colleague's change was taken for one's own after a new log-in; drafts of what goes out of sight.
const QList<quint32> foundOnBetterLines{1'423'441'233U, 133'216'812U,   1'003'464'398U, 1'520'851'828U, 1'961'549'024U,
                                        2'258'650'942U, 2'869'493'444U, 3'039'904'773U, 516'244'169U,   1'874'164'252U};
/// Dead connections were given up one after another.
const QList<quint32> foundSince{91'032U};

/// Words that something on the way may take for an attack, and what it says then.
const QByteArray attack = "UNION SELECT";
const QByteArray forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";

constexpr auto mortalWord = "--mortal";

/// Of the channel that comes and goes.
bool isOfTeam(qint64 conversation)
{
    return conversation % 2 == 0;
}

} // namespace

/// Several desktops and a server act, disconnect, stall, lose, delay, repeat and reorder requests, end and come back,
/// while roles, grants and clocks change, those of machines by days, at random; then everything that was acknowledged
/// is done exactly once, all show the same, no old intent has won over a newer one, every reply is published once, what
/// was read at one desk is read at the other, and nothing that was typed is gone: the last that Kim began to write in a
/// conversation, at the one desk or the other, is at both, or, where that went out of sight, at the server or among
/// what a person is to decide. Requests hang, too, also while somebody logs in anew; some desktops are processes of
/// their own, which are ended by `kill -9` in the middle of what they do; several things are done as one list, and
/// undone; what people asked is liked and passed on, what they commented is hidden, and that taken back; pictures are
/// sent along, replies have several parts, and notes are edited by more than one; in some words are turned away on the
/// way, before or after they were heard, and who typed them gives up what was refused, sends it anew or says it in
/// other words; and in some the server is put back to a backup of earlier. EARSHOT_HISTORIES says how many,
/// EARSHOT_FIRST_SEED from which seed on, and EARSHOT_SEED does one again.
class HistoriesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsDoneOnce_data() { addSeeds(12, 500'000, foundOnBetterLines + foundSince); }
    void everythingIsDoneOnce();

private:
    void begin();
    void step();
    void disturb(Colleague &colleague);
    void layLine(Colleague &colleague, AgentId agent, quint32 seed);
    void disturbLine(Colleague &colleague, QRandomGenerator &random);
    static void mendLine(Colleague &colleague);
    void makeWhole(Colleague &colleague);
    void turnAway(Colleague &colleague);
    static void waitUntil(const std::function<bool()> &isSo);
    /// @param first what is decided before anything else
    void decide(Colleague &colleague, const QString &first = {});
    void beginOrEnd(Colleague &colleague);
    void kill(Colleague &colleague);
    void changeGrants();
    void useNetwork();
    void moderate(Colleague &colleague);
    void crash();
    void backUp();
    void restore();
    void beginToWrite();
    void beginToWriteAndDie(MortalDesktop &mortal);
    void readOrChangeClocks();
    void compareDrafts();
    void compareMarks();
    [[nodiscard]] QString keptElsewhere();
    void calm();
    [[nodiscard]] static QString stateOf(Desktop &desktop);
    [[nodiscard]] QString trouble();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<NetworkBeside> m_network;
    std::unique_ptr<BlogBeside> m_blog; ///< none = nothing is hidden
    std::unique_ptr<Doer> m_doer;
    std::unique_ptr<Doer> m_moderator;
    std::unique_ptr<Insisting> m_insisting;
    std::vector<Colleague> m_colleagues;
    Colleague m_secondDesk; ///< of Kim's, where nothing is done but typed and read
    /// What was typed last, in each conversation: one of these.
    QHash<qint64, QStringList> m_drafts;
    QRandomGenerator m_random;
    // Of what came later: the steps of a seed stay what they were.
    QRandomGenerator m_beside;
    QRandomGenerator m_secondLine; ///< that of the second desk
    QRandomGenerator m_moderation; ///< what is hidden, and the blog
    QRandomGenerator m_crashes;    ///< of the server
    QRandomGenerator m_insistence; ///< what is done by force, or after a look outside
    quint16 m_port = 0;
    std::unique_ptr<QTemporaryDir> m_backup; ///< none = there is none yet
    int m_restores = 0;                      ///< still to come
    int m_timesRestored = 0;
    bool m_isServed = true;
    bool m_isLineWorse = true; ///< some stall, or let little through
    /// Some turn words away, and people decide what becomes of them; and more kinds of deeds are done.
    bool m_isLineWary = true;
};

void HistoriesTest::begin()
{
    m_colleagues.clear();
    m_secondDesk = {};
    m_drafts.clear();
    m_blog.reset();
    m_network.reset();
    m_backup.reset();
    m_restores = m_random.bounded(3) == 0 ? int(m_random.bounded(1, 3)) : 0;
    ServerLimits limits;
    limits.slices.rest = 0ms;
    m_world = std::make_unique<ServerWorld>(limits, 3);
    m_network = std::make_unique<NetworkBeside>(*m_world);
    m_doer = std::make_unique<Doer>(*m_world, *m_network, m_random);
    m_doer->setAttack(attack);
    m_doer->setVersatile(m_isLineWary);
    for (int i = 0; i < Doer::questions; ++i)
        m_network->ask(str("question %1").arg(i));
    m_network->pull();
    QCOMPARE(m_network->conversations().size(), Doer::questions);
    if (m_isLineWary) {
        m_blog = std::make_unique<BlogBeside>(*m_world);
        m_moderator = std::make_unique<Doer>(*m_world, *m_network, m_moderation);
        m_insisting = std::make_unique<Insisting>(*m_world, *m_network, *m_doer, m_insistence);
        m_blog->pull();
        for (int i = 0; i < BlogBeside::comments; ++i)
            QVERIFY(m_blog->messageOf(i).isValid());
    }
    m_port = m_world->server().port();
    m_isServed = true;
    // Who joins finds all slices made, and has not to ask for them twice.
    const auto ana = m_world->client(ServerWorld::ana);
    QTRY_VERIFY(ana->get("/jmap/slices").body.contains("\"isComplete\":true"));
    for (const AgentId agent : {ServerWorld::kim, ServerWorld::bo, ServerWorld::ana}) {
        Colleague colleague;
        layLine(colleague, agent, m_random.generate());
        m_colleagues.push_back(std::move(colleague));
    }
    layLine(m_secondDesk, ServerWorld::kim, m_secondLine.generate());
    for (Colleague &colleague : m_colleagues)
        QTRY_COMPARE(colleague.desktop->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(m_secondDesk.desktop->kind(), DeskStatus::Kind::current);
}

/// And a desktop at its end.
void HistoriesTest::layLine(Colleague &colleague, AgentId agent, quint32 seed)
{
    colleague.line = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
    colleague.rough = std::make_unique<RoughLine>(colleague.line->serverPort());
    colleague.rough->seed(seed);
    colleague.desktop = std::make_unique<Desktop>(*m_world, agent, colleague.rough->serverPort());
    colleague.desktop->setLinePatience({5s, 5s});
    colleague.desktop->open(50ms);
}

void HistoriesTest::disturbLine(Colleague &colleague, QRandomGenerator &random)
{
    switch (random.bounded(m_isLineWorse ? 9 : 7)) {
    case 8:
        return colleague.rough->throttle(int(random.bounded(10'000, 100'000)));
    case 7:
        return colleague.rough->stall();
    case 6:
        // Until it is whole again, or the client has waited for long enough.
        return colleague.line->holdAnswersTo("POST /jmap/");
    case 0:
        return colleague.line->cutAnswersTo("POST /jmap/");
    case 1:
        return colleague.line->cutAnswersTo("POST /jmap/", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    case 2:
        colleague.rough->delay({}, {});
        colleague.rough->throttle(0);
        colleague.rough->repeat(0, 0ms);
        colleague.line->cutAnswersTo({});
        return colleague.line->letHeldGo();
    case 3:
        return colleague.rough->delay(RoughLine::Ms(random.bounded(20)), RoughLine::Ms(random.bounded(60)));
    case 4:
        return colleague.rough->repeat(int(random.bounded(1, 4)), 200ms);
    default:
        colleague.rough->reset();
    }
}

/// What is repeated may still come.
void HistoriesTest::mendLine(Colleague &colleague)
{
    colleague.line->cutAnswersTo({});
    colleague.line->losePushes(false);
    colleague.line->letHeldGo();
    colleague.rough->delay({}, {});
    colleague.rough->throttle(0);
}

/// And nothing waits, so that what is typed next goes out at once.
void HistoriesTest::makeWhole(Colleague &colleague)
{
    mendLine(colleague);
    colleague.rough->repeat(0, 0ms);
    colleague.rough->reset();
    colleague.desktop->session().tryNow();
    waitUntil([&colleague] {
        return colleague.desktop->kind() == DeskStatus::Kind::current && colleague.desktop->isSettled();
    });
}

/// Some words, on the one way or the other, or none any more; then somebody types such ones.
void HistoriesTest::turnAway(Colleague &colleague)
{
    constexpr std::array kinds{0, 1, 1, 1, 2};
    const int kind = kinds.at(size_t(m_random.bounded(int(kinds.size()))));
    const bool isTyped = kind != 0 && colleague.desktop->isOpen() && m_isServed;
    if (isTyped)
        makeWhole(colleague);
    colleague.line->cutAnswersWith(kind == 1 ? attack : QByteArray(), forbidden);
    colleague.line->loseRequests(kind == 2 ? attack : QByteArray(), forbidden);
    // Else what was done is known before anybody can decide otherwise.
    colleague.line->losePushes(kind == 1);
    if (!isTyped)
        return;
    const QString words = m_doer->newWords(true);
    m_doer->type(colleague, m_doer->anyConversation(colleague), words);
    // It is tried some times before it is refused; then it is decided before what was refused earlier.
    waitUntil([&] { return Decider::isToDecide(*colleague.desktop, words); });
    decide(colleague, words);
}

/// Or for a moment, where that does not come.
void HistoriesTest::waitUntil(const std::function<bool()> &isSo)
{
    for (const QDeadlineTimer soon(1000); !soon.hasExpired() && !isSo();)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

void HistoriesTest::decide(Colleague &colleague, const QString &first)
{
    const auto next = [this] { return m_doer->newWords(); };
    if (colleague.desktop->isOpen())
        colleague.decider.decide(*colleague.desktop, colleague.deeds, m_random, next, first);
}

void HistoriesTest::disturb(Colleague &colleague)
{
    switch (m_random.bounded(8)) {
    case 7:
        if (colleague.desktop->isOpen())
            colleague.desktop->session().setToken(Secret(m_world->token(colleague.desktop->agent())));
        break;
    case 0:
        if (m_isServed)
            m_world->stopServer();
        else
            m_world->start({}, m_port);
        m_isServed = !m_isServed;
        break;
    case 1:
        beginOrEnd(colleague);
        break;
    case 2:
        m_world->clock().advance(std::chrono::seconds(m_random.bounded(600)));
        break;
    case 3:
        changeGrants();
        break;
    default:
        disturbLine(colleague, m_random);
    }
}

/// Some of those that begin do so as processes that will be killed.
void HistoriesTest::beginOrEnd(Colleague &colleague)
{
    colleague.decider.forget();
    if (colleague.mortal)
        return kill(colleague);
    if (colleague.desktop->isOpen())
        colleague.desktop->close();
    else if (!m_isLineWary || m_random.bounded(3) == 0)
        colleague.desktop->open(50ms);
    else
        colleague.mortal = std::make_unique<MortalDesktop>(QStringList(str(mortalWord)), colleague.desktop->path(),
                                                           colleague.desktop->token(), colleague.desktop->clock());
}

/// Whatever it is about; or in what it has just begun with.
void HistoriesTest::kill(Colleague &colleague)
{
    MortalDesktop &mortal = *colleague.mortal;
    if (m_random.bounded(3) != 0) {
        waitUntil([&mortal] { return mortal.hasToldAll(); });
        const qsizetype begun = mortal.begun();
        m_doer->act(colleague);
        waitUntil([&] { return mortal.begun() > begun || mortal.hasToldAll(); });
    }
    m_doer->bury(colleague);
    if (m_random.bounded(2) == 0)
        colleague.desktop->open(50ms);
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
        m_network->askAgain(m_random.bounded(Doer::questions), str("question again %1").arg(m_doer->nextNumber()));
        m_network->pull();
        break;
    default:
        m_world->clock().advance(std::chrono::seconds(m_random.bounded(40)));
        m_network->deliver();
    }
}

/// Somebody at the blog's comments; or something there.
void HistoriesTest::moderate(Colleague &colleague)
{
    switch (m_moderation.bounded(6)) {
    case 0:
        return m_blog->disturb(m_moderation);
    case 1:
        return m_blog->pull();
    case 2:
        return m_blog->deliver();
    default:
        if (colleague.isThere())
            m_moderator->moderate(colleague, *m_blog);
    }
}

/// The server and what publishes beside it end as by `kill -9`, while something is on its way to a network.
void HistoriesTest::crash()
{
    m_world->clock().advance(std::chrono::seconds(m_crashes.bounded(40)));
    if (m_crashes.bounded(2) == 0)
        m_blog->beginToDeliver(m_crashes);
    else
        m_network->beginToDeliver(m_crashes);
    m_network->part();
    m_blog->part();
    m_world->crash();
    m_network->join();
    m_blog->join();
    m_isServed = m_crashes.bounded(3) != 0;
    if (m_isServed)
        m_world->start({}, m_port);
}

void HistoriesTest::backUp()
{
    m_backup = std::make_unique<QTemporaryDir>();
    m_world->backUp(m_backup->filePath(str("copy")));
}

void HistoriesTest::restore()
{
    --m_restores;
    ++m_timesRestored;
    m_network->part();
    if (m_blog)
        m_blog->part();
    m_world->restore(m_backup->filePath(str("copy")));
    m_network->join();
    if (m_blog)
        m_blog->join();
    if (m_isServed)
        m_world->start({}, m_port);
    for (Colleague &colleague : m_colleagues) {
        for (DeskDeed &deed : colleague.deeds)
            deed.isBeforeRestore = true;
    }
    // What was withdrawn was at the server alone.
    m_drafts.removeIf([](const auto &draft) { return isOfTeam(draft.key()); });
}

void HistoriesTest::beginToWrite()
{
    Colleague &colleague = m_random.bounded(2) == 0 ? m_secondDesk : m_colleagues.front();
    if (colleague.mortal)
        return beginToWriteAndDie(*colleague.mortal);
    if (!colleague.desktop->isOpen())
        return;
    DraftRecord draft;
    draft.conversation = ConversationId(m_random.bounded(1, 7));
    // Only what is in sight is written to.
    if (!colleague.desktop->conversation(draft.conversation).id.isValid())
        return;
    // The shown one is written over, by who sees it.
    draft.text = str("begun %1.").arg(m_doer->nextNumber());
    colleague.desktop->desk().saveDraft(draft);
    if (m_random.bounded(2) == 0)
        static_cast<void>(colleague.desktop->desk().flushPersonal());
    m_drafts.insert(draft.conversation.value, {draft.text});
}

/// Of what is in sight at any time. Until it says so nobody knows whether it is in the file.
void HistoriesTest::beginToWriteAndDie(MortalDesktop &mortal)
{
    const qint64 conversation = m_random.bounded(4) * 2 + 1;
    const QString text = str("begun %1.").arg(m_doer->nextNumber());
    // Where nothing was before it may be nothing.
    if (!m_drafts.contains(conversation))
        m_drafts.insert(conversation, {QString()});
    m_drafts[conversation].append(text);
    const auto written = mortal.write(ConversationId(conversation), text);
    whenDone(written, this, [this, conversation, text](const QList<Outcome> &) {
        QStringList &mayBe = m_drafts[conversation];
        mayBe = mayBe.mid(std::max<qsizetype>(mayBe.indexOf(text), 0));
    });
}

/// Kim reads at one of the desks, or marks as unread; a machine's clock is put forth or back.
void HistoriesTest::readOrChangeClocks()
{
    Colleague &colleague = m_beside.bounded(2) == 0 ? m_secondDesk : m_colleagues.front();
    const int what = m_beside.bounded(30);
    if (what == 0)
        colleague.desktop->clock().setAhead(std::chrono::seconds(m_beside.bounded(-200'000, 200'000)));
    if (what < 24 || colleague.mortal || !colleague.desktop->isOpen())
        return;
    const ConversationId conversation(m_beside.bounded(1, 7));
    const QStringList newest =
        colleague.desktop->rows(str("SELECT newest_message FROM conversation WHERE id = %1").arg(conversation.value));
    if (newest.isEmpty())
        return;
    colleague.desktop->desk().markSeen(conversation, MessageId(newest.constFirst().toLongLong() - m_beside.bounded(2)));
    if (m_beside.bounded(2) == 0)
        static_cast<void>(colleague.desktop->desk().flushPersonal());
}

/// What Kim has read is the same at both desks, and at the server.
void HistoriesTest::compareMarks()
{
    const QString marks = str("SELECT s.conversation || ' ' || s.message FROM seen AS s WHERE s.agent = 2 AND "
                              "s.conversation IN (%1) ORDER BY s.conversation")
                              .arg(m_secondDesk.desktop->rows(str("SELECT id FROM conversation")).join(u','));
    const auto there = [&] { return firstColumn(m_world->workspace(), marks).join(u'\n'); };
    for (Colleague *colleague : {&m_colleagues.front(), &m_secondDesk}) {
        const auto here = [&] { return colleague->desktop->rows(marks).join(u'\n'); };
        QTRY_VERIFY2_WITH_TIMEOUT(here() == there(), qPrintable(here() + str("\nand ") + there()), 60'000);
    }
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
    for (Colleague *colleague : {&m_colleagues.front(), &m_secondDesk}) {
        colleague->desktop->session().tryNow();
        const auto flushed = colleague->desktop->desk().flushPersonal();
        QTRY_VERIFY(flushed.isFinished());
    }
    const auto here = [&](Colleague &colleague) { return colleague.desktop->rows(drafts); };
    QTRY_VERIFY2_WITH_TIMEOUT(
        here(m_colleagues.front()) == here(m_secondDesk),
        qPrintable(here(m_colleagues.front()).join(u'\n') + str("\nand ") + here(m_secondDesk).join(u'\n')), 60'000);
    const auto missing = [&]() -> QString {
        const QString shown = here(m_secondDesk).join(u'\n');
        const QString kept = shown + u'\n' + keptElsewhere();
        for (auto draft = m_drafts.cbegin(); draft != m_drafts.cend(); ++draft) {
            // Who saw two of the restored ones cannot tell any more which conversations those two share.
            const QString &found = isOfTeam(draft.key()) || m_timesRestored > 1 ? kept : shown;
            const auto isThere = [&found](const QString &text) { return found.contains(text); };
            if (!std::ranges::any_of(*draft, isThere))
                return draft->join(str(" or ")) + str(" is not in ") + found;
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
    for (Colleague *colleague : {&m_colleagues.front(), &m_secondDesk})
        texts += colleague->desktop->rows(str("SELECT body FROM outbox WHERE state = 3"));
    return texts.join(u'\n');
}

void HistoriesTest::step()
{
    Colleague &colleague = m_colleagues[size_t(m_random.bounded(int(m_colleagues.size())))];
    if (m_restores > 0 && m_random.bounded(30) == 0)
        m_backup ? restore() : backUp();
    else if (m_random.bounded(5) == 0)
        disturb(colleague);
    else if (m_isLineWary && m_random.bounded(12) == 0)
        turnAway(colleague);
    else if (m_isLineWary && m_random.bounded(3) == 0)
        decide(colleague);
    else if (m_random.bounded(12) == 0)
        m_world->receive(ServerWorld::open, str("h%1").arg(m_doer->nextNumber()), str("something new"));
    else if (m_random.bounded(8) == 0)
        useNetwork();
    else if (m_random.bounded(8) == 0)
        beginToWrite();
    else if (colleague.mortal && m_random.bounded(5) == 0)
        kill(colleague);
    else if (colleague.isThere())
        m_doer->act(colleague);
    if (m_isLineWary)
        readOrChangeClocks();
    if (m_isLineWary && m_secondLine.bounded(10) == 0)
        disturbLine(m_secondDesk, m_secondLine);
    if (m_blog && m_moderation.bounded(6) == 0)
        moderate(colleague);
    if (m_blog && m_crashes.bounded(50) == 0)
        crash();
    if (m_blog && !colleague.mortal && colleague.desktop->isOpen() && m_insistence.bounded(8) == 0)
        m_insisting->act(colleague);
    for (Colleague &one : m_colleagues)
        Insisting::noteSeen(one);
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
    mendLine(m_secondDesk);
    m_secondDesk.rough->repeat(0, 0ms);
    m_secondDesk.desktop->session().tryNow();
    for (Colleague &colleague : m_colleagues) {
        colleague.line->cutAnswersWith({});
        colleague.line->loseRequests({});
        mendLine(colleague);
        if (colleague.mortal)
            m_doer->bury(colleague);
        if (!colleague.desktop->isOpen())
            colleague.desktop->open();
        // A log-in of after the backup is none any more.
        if (m_backup)
            colleague.desktop->session().setToken(Secret(m_world->token(colleague.desktop->agent())));
        colleague.desktop->session().tryNow();
    }
    for (Colleague &colleague : m_colleagues) {
        QTRY_VERIFY2_WITH_TIMEOUT(colleague.desktop->isSettled(), qPrintable(stateOf(*colleague.desktop)), 60'000);
        QTRY_COMPARE(colleague.desktop->desk().waitingCount(), 0);
        // What was repeated until now has come, and would change what is compared.
        colleague.rough->repeat(0, 0ms);
        QTRY_COMPARE(colleague.rough->repeatsToCome(), 0);
    }
    QTRY_COMPARE(m_secondDesk.rough->repeatsToCome(), 0);
    QVERIFY2(m_network->settle(m_blog.get()), qPrintable(m_network->unsettled()));
    QList<Desktop *> desktops{m_secondDesk.desktop.get()};
    for (Colleague &colleague : m_colleagues)
        desktops.append(colleague.desktop.get());
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
    for (Colleague &colleague : m_colleagues) {
        DeedJudge judge(*m_world, *m_network, *colleague.desktop);
        if (const QString found = judge.troubleWith(colleague.deeds); !found.isEmpty())
            return str("agent %1: ").arg(colleague.desktop->agent().value) + found;
    }
    // What a server has forgotten is done outside all the same.
    if (m_timesRestored > 0)
        return {};
    const QString found = troubleWithEffects(*m_world, *m_network);
    return found.isEmpty() && m_blog ? troubleWithHiding(*m_world, *m_blog) : found;
}

void HistoriesTest::everythingIsDoneOnce()
{
    QFETCH(quint32, seed);
    m_random.seed(seed);
    m_beside.seed(seed);
    m_secondLine.seed(seed + 1);
    m_moderation.seed(seed + 2);
    m_crashes.seed(seed + 3);
    m_insistence.seed(seed + 4);
    m_isLineWorse = !foundOnBetterLines.contains(seed);
    m_isLineWary = m_isLineWorse && !foundSince.contains(seed);
    m_timesRestored = 0;
    begin();
    for (int i = 0; i < 120; ++i)
        step();
    calm();
    if (!QTest::currentTestFailed())
        compareDrafts();
    if (!QTest::currentTestFailed())
        compareMarks();
    if (QTest::currentTestFailed())
        return;
    const QString found = trouble();
    QVERIFY2(found.isEmpty(), qPrintable(found));
    m_colleagues.clear();
    m_secondDesk = {};
    m_blog.reset();
    m_network.reset();
    m_world.reset();
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    const QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str(mortalWord))
        return obeyUntilKilled(arguments.mid(2));
    HistoriesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_histories.moc"
