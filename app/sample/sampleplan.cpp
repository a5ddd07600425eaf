// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sampleplan.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace Earshot {

namespace {

using namespace std::chrono_literals;
using Voice = SampleLine::Voice;
using Ending = SampleScript::Ending;

/// What a few of the newest conversations are there to show, by their place from the end.
enum Special {
    heldComment = 1,
    othersTalk = 2,
    longTalk = 3,
    directTalk = 4,
    failedReply = 5,
    samePersonHere = 6,
    unsureReply = 7,
    editedPost = 8,
    secondHeldComment = 9,
    samePersonThere = 10,
    deletedPost = 11,
    spamComment = 14,
};
constexpr int specials = 15;
constexpr int longTalkLines = 120;

Time wholeSecond(Time time)
{
    return std::chrono::floor<std::chrono::seconds>(time);
}

class Planner
{
public:
    Planner(Time now, quint32 seed, int conversations)
        : m_writer(seed)
        , m_count(conversations)
    {
        m_plan.now = wholeSecond(now);
    }

    [[nodiscard]] SamplePlan plan();

private:
    void planArticles();
    void planPeople();
    void planScript(int index);
    void choosePlace(SampleScript &script, int fromEnd);
    void chooseEnding(SampleScript &script, int fromEnd);
    void chooseCustomer(SampleScript &script, int fromEnd);
    void chooseArticle(SampleScript &script, Time start);
    bool makeTwin(SampleScript &script);
    void writeLines(SampleScript &script, int fromEnd, Time start);
    void writeLongTalk(SampleScript &script);
    void addLine(SampleScript &script, Voice voice, const QString &text, Duration after);
    void addBystanders(SampleScript &script);
    void fitIntoThePast(SampleScript &script) const;
    void planWork(SampleScript &script, int fromEnd);
    [[nodiscard]] Time startOf(int index);
    [[nodiscard]] Duration minutes(int least, int most)
    {
        return std::chrono::seconds((least + m_writer.number(most - least)) * 60 + m_writer.number(60));
    }

    SampleWriter m_writer;
    int m_count;
    SamplePlan m_plan;
    std::vector<SamplePerson> m_people;
    QSet<std::pair<int, QString>> m_commenters;
};

bool isAnswerable(SamplePlace place)
{
    return place == SamplePlace::mention || place == SamplePlace::blog || place == SamplePlace::sky;
}

/// Whom a customer calls there; nobody anywhere else.
QString calledAt(SamplePlace place)
{
    if (place == SamplePlace::mention)
        return QStringLiteral("@acme ");
    return place == SamplePlace::sky ? QStringLiteral("@acme.sky.example ") : QString();
}

void Planner::planArticles()
{
    QList<QStringView> titles = englishTexts().articles;
    titles.append(germanTexts().articles);
    const Duration step = sampleYear / titles.size();
    Time at = m_plan.now - sampleYear - 20h;
    for (const QStringView title : std::as_const(titles)) {
        m_plan.articles.push_back({title.toString(), wholeSecond(at), 0});
        at += step;
    }
}

void Planner::planPeople()
{
    const int people = std::max(20, m_count * 6 / 10);
    for (int i = 0; i < people; ++i)
        m_people.push_back(m_writer.person(i + 1));
}

Time Planner::startOf(int index)
{
    // More is said now than a year ago: the company grows.
    const double share = (index + m_writer.number(100) / 100.0) / m_count;
    const auto age = Duration(qint64(double(sampleYear.count()) * 0.995 * std::pow(1 - share, 1.3)));
    return wholeSecond(m_plan.now - age - 6min);
}

SamplePlan Planner::plan()
{
    planArticles();
    planPeople();
    m_plan.scripts.reserve(size_t(m_count));
    for (int i = 0; i < m_count; ++i)
        planScript(i);
    return std::move(m_plan);
}

void Planner::planScript(int index)
{
    const int fromEnd = m_count - 1 - index;
    SampleScript script;
    script.topic = m_writer.topic();
    chooseEnding(script, fromEnd);
    choosePlace(script, fromEnd);
    const Time start = fromEnd == longTalk ? wholeSecond(m_plan.now - 12 * 24h) : startOf(index);
    if (script.place == SamplePlace::hashtag && fromEnd >= specials && m_writer.chance(20) && makeTwin(script)) {
        m_plan.scripts.push_back(std::move(script));
        return;
    }
    chooseCustomer(script, fromEnd);
    if (script.place == SamplePlace::blog)
        chooseArticle(script, start);
    writeLines(script, fromEnd, start);
    fitIntoThePast(script);
    planWork(script, fromEnd);
    if (fromEnd == samePersonHere)
        m_plan.mergedInto = index;
    if (fromEnd == samePersonThere)
        m_plan.mergedFrom = index;
    m_plan.scripts.push_back(std::move(script));
}

void Planner::chooseEnding(SampleScript &script, int fromEnd)
{
    const int open = std::max(8, m_count * 3 / 100);
    const bool isPraise = englishTexts().topics.at(script.topic).isPraise;
    if (fromEnd >= open * 2) {
        script.ending = isPraise && m_writer.chance(70) ? Ending::quiet : Ending::answered;
        return;
    }
    const int turn = fromEnd % 12;
    if (turn < 6)
        script.ending = Ending::open;
    else if (turn < 8)
        script.ending = Ending::pending;
    else
        script.ending = turn == 8 ? Ending::snoozed : Ending::answered;
    if (fromEnd < specials)
        script.ending = fromEnd == failedReply || fromEnd == unsureReply ? Ending::pending : Ending::open;
}

void Planner::choosePlace(SampleScript &script, int fromEnd)
{
    const int share = m_writer.number(100);
    if (fromEnd == heldComment || fromEnd == secondHeldComment || fromEnd == samePersonThere || fromEnd == spamComment)
        script.place = SamplePlace::blog;
    else if (fromEnd < specials && fromEnd != 0)
        script.place = SamplePlace::mention;
    else if (share < 41 || script.ending == Ending::pending)
        script.place = share % 3 == 0 ? SamplePlace::blog : SamplePlace::mention;
    else if (share < 53)
        script.place = SamplePlace::hashtag;
    else if (share < 64)
        script.place = SamplePlace::blog;
    else
        script.place = share < 77 ? SamplePlace::press : SamplePlace::reviews;
    script.isDirect = fromEnd == directTalk || (script.place == SamplePlace::mention && m_writer.chance(2));
    if (script.place == SamplePlace::mention && !script.isDirect && fromEnd >= specials && fromEnd % 4 == 1)
        script.place = SamplePlace::sky;
    script.isHeld = fromEnd == heldComment || fromEnd == secondHeldComment;
    const bool isOldBlog = script.place == SamplePlace::blog && fromEnd >= specials;
    if (fromEnd == spamComment || (isOldBlog && m_writer.chance(4)))
        script.ending = Ending::spam;
}

void Planner::chooseCustomer(SampleScript &script, int fromEnd)
{
    script.customer = m_people.at(size_t(m_writer.number(int(m_people.size()))));
    if (fromEnd == samePersonHere || fromEnd == samePersonThere)
        script.customer = m_people.front();
}

void Planner::chooseArticle(SampleScript &script, Time start)
{
    int newest = 0;
    while (newest + 1 < int(m_plan.articles.size()) && m_plan.articles.at(size_t(newest) + 1).at < start)
        ++newest;
    script.article = std::max(0, newest - m_writer.number(3));
    // One person under one article is one conversation.
    for (int tries = 0; m_commenters.contains({script.article, script.customer.name}); ++tries) {
        if (tries < 5)
            script.customer = m_people.at(size_t(m_writer.number(int(m_people.size()))));
        else
            script.customer.name += u' ' + QString(QChar(char16_t(u'A' + m_writer.number(26)))) + u'.';
    }
    m_commenters.insert({script.article, script.customer.name});
}

/// The post before also carries the hashtag: heard twice, worked on once.
bool Planner::makeTwin(SampleScript &script)
{
    if (m_plan.scripts.empty())
        return false;
    SampleScript &other = m_plan.scripts.back();
    const bool isPlain = other.place == SamplePlace::mention && !other.isDirect && other.editedText.isEmpty() &&
                         !other.isDeleted && other.ending != Ending::open;
    if (!isPlain)
        return false;
    other.lines.front().text += QStringLiteral(" #acme");
    script.twinOf = int(m_plan.scripts.size()) - 1;
    script.customer = other.customer;
    script.topic = other.topic;
    script.lines.push_back(other.lines.front());
    script.ending = Ending::duplicate;
    return true;
}

void Planner::addLine(SampleScript &script, Voice voice, const QString &text, Duration after)
{
    SampleLine line;
    line.voice = voice;
    line.text = text;
    line.answers = int(script.lines.size()) - 1;
    line.at = script.lines.back().at + after;
    if (voice == Voice::customer)
        line.text.prepend(calledAt(script.place));
    script.lines.push_back(line);
}

void Planner::writeLines(SampleScript &script, int fromEnd, Time start)
{
    SampleLine first;
    first.at = start;
    first.text = m_writer.opening(script.customer, script.topic);
    if (script.ending == Ending::spam)
        first.text = m_writer.pick(sampleSpam()).toString();
    first.text.prepend(calledAt(script.place));
    if (script.place == SamplePlace::hashtag)
        first.text += QStringLiteral(" #acme");
    script.lines.push_back(first);
    script.title = m_writer.title(script.customer, script.topic);
    const bool isPraise = script.customer.language().topics.at(script.topic).isPraise;
    script.rating = isPraise ? 4 + m_writer.number(2) : 1 + m_writer.number(4);

    if (fromEnd == longTalk) {
        writeLongTalk(script);
        return;
    }
    const bool hasOthers = fromEnd == othersTalk || (fromEnd > specials && fromEnd % 29 == 0);
    if (hasOthers && script.place == SamplePlace::mention && !script.isDirect)
        addBystanders(script);
    const bool isSingle = !isAnswerable(script.place) || script.ending == Ending::quiet ||
                          script.ending == Ending::spam || script.isHeld || fromEnd == deletedPost;
    const bool isWaiting = script.ending == Ending::open || script.ending == Ending::snoozed;
    if (isSingle || (isWaiting && m_writer.chance(60)))
        return;
    const auto answers = int(script.lines.size());
    addLine(script, Voice::us, m_writer.answer(script.customer, script.topic), minutes(8, 300));
    script.lines.back().answers = 0;
    if (script.ending == Ending::pending && (fromEnd == failedReply || fromEnd == unsureReply))
        script.lines.at(size_t(answers)).fate =
            fromEnd == failedReply ? SampleLine::Fate::failed : SampleLine::Fate::unsure;
    const bool hasMore = m_writer.chance(18) && fromEnd != failedReply && fromEnd != unsureReply;
    if (isWaiting || hasMore)
        addLine(script, Voice::customer, m_writer.followUp(script.customer), minutes(10, 1500));
    if (!isWaiting && hasMore)
        addLine(script, Voice::us, m_writer.closing(script.customer), minutes(10, 400));
    if (script.ending == Ending::answered && m_writer.chance(25))
        addLine(script, Voice::customer, m_writer.thanks(script.customer), minutes(5, 900));
}

void Planner::writeLongTalk(SampleScript &script)
{
    while (int(script.lines.size()) < longTalkLines) {
        const bool isOurs =
            script.lines.back().voice == Voice::customer && int(script.lines.size()) != longTalkLines - 1;
        const QString text = isOurs ? m_writer.closing(script.customer) : m_writer.followUp(script.customer);
        addLine(script, isOurs ? Voice::us : Voice::customer, text, minutes(40, 240));
    }
}

void Planner::addBystanders(SampleScript &script)
{
    const int count = 1 + m_writer.number(3);
    for (int i = 0; i < count; ++i) {
        addLine(script, Voice::bystander, m_writer.bystander(script.customer), minutes(2, 90));
        script.lines.back().bystander = m_people.at(size_t(m_writer.number(int(m_people.size()))));
        script.lines.back().answers = 0;
        if (script.lines.back().bystander.handle == script.customer.handle)
            script.lines.pop_back();
    }
}

/// Nothing was said in the future: what began lately went faster.
void Planner::fitIntoThePast(SampleScript &script) const
{
    const Time start = script.lines.front().at;
    const Time last = m_plan.now - 3min;
    const Duration length = script.lines.back().at - start;
    if (script.lines.back().at > last && length.count() > 0) {
        const double factor = double((last - start).count()) / double(length.count());
        for (SampleLine &line : script.lines)
            line.at = start + Duration(qint64(double((line.at - start).count()) * factor));
    }
    for (SampleLine &line : script.lines)
        line.at = wholeSecond(line.at);
}

void Planner::planWork(SampleScript &script, int fromEnd)
{
    const bool isOpen = script.ending == Ending::open;
    const bool hasOurs = script.lines.size() > 1;
    script.assignee = isOpen && !hasOurs && m_writer.chance(45) ? -1 : m_writer.number(5);
    if (script.customer.isGerman && script.assignee == tom)
        script.assignee = mira;
    const bool isTagged = m_writer.chance(isOpen ? 55 : 70);
    if (isTagged && script.ending != Ending::spam)
        script.tags.append(englishTexts().topics.at(script.topic).tag);
    if (isTagged && script.rating <= 2 && script.place == SamplePlace::reviews)
        script.tags.append(u"bad review");
    const int priority = m_writer.number(100);
    script.priority = priority < 3 && isOpen ? Priority::urgent
                      : priority < 9         ? Priority::high
                      : priority < 12        ? Priority::low
                                             : Priority::normal;
    if (m_writer.chance(isOpen ? 30 : 9))
        script.note = m_writer.pick(sampleNotes());
    if (script.place != SamplePlace::mention || script.isDirect || fromEnd == longTalk)
        return;
    if (fromEnd == editedPost || fromEnd % 61 == 60)
        script.editedText = script.lines.front().text + u' ' +
                            (script.customer.isGerman ? u"(Nachtrag: schon probiert)" : u"(edit: typo)");
    // Nobody answers what is no longer there.
    script.isDeleted = script.lines.size() == 1 && (fromEnd == deletedPost || fromEnd % 37 == 36);
}

} // namespace

SamplePlan makeSamplePlan(Time now, quint32 seed, int conversations)
{
    return Planner(now, seed, conversations).plan();
}

/// Most people have some hundred, few have very many.
int sampleFollowers(const QString &handle)
{
    quint32 mixed = 7;
    for (const QChar letter : handle)
        mixed = mixed * 31 + letter.unicode();
    return int(400'000 / (1 + mixed % 2000));
}

} // namespace Earshot
