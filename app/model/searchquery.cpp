// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/searchquery.h"

#include <QDate>
#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

/// One piece of what was typed: `-name:"value"`, every part but the value optional.
struct Piece
{
    bool isExcluded = false;
    bool isQuoted = false;
    QString name;
    QString value;
};

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\u201c' || c == u'\u201d' || c == u'\u201e';
}

bool hasWordCharacter(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

QString takeQuoted(const QString &text, qsizetype &at)
{
    qsizetype end = ++at;
    while (end < text.size() && !isQuote(text[end]))
        ++end;
    const QString value = text.mid(at, end - at);
    at = end + 1;
    return value;
}

QString takeBare(const QString &text, qsizetype &at)
{
    const qsizetype start = at;
    while (at < text.size() && !text[at].isSpace() && !isQuote(text[at]))
        ++at;
    return text.mid(start, at - start);
}

bool isOperatorName(const QString &text)
{
    static const QStringList names{QStringLiteral("from"),    QStringLiteral("tag"),    QStringLiteral("channel"),
                                   QStringLiteral("is"),      QStringLiteral("before"), QStringLiteral("after"),
                                   QStringLiteral("priority")};
    return names.contains(text, Qt::CaseInsensitive);
}

Piece takePiece(const QString &text, qsizetype &at)
{
    Piece piece;
    if (text[at] == u'-' && at + 1 < text.size() && !text[at + 1].isSpace()) {
        piece.isExcluded = true;
        ++at;
    }
    if (isQuote(text[at])) {
        piece.isQuoted = true;
        piece.value = takeQuoted(text, at);
        return piece;
    }
    const QString bare = takeBare(text, at);
    const qsizetype colon = bare.indexOf(u':');
    if (piece.isExcluded || colon < 0 || !isOperatorName(bare.left(colon))) {
        piece.value = bare;
        return piece;
    }
    piece.name = bare.left(colon).toLower();
    piece.value = bare.mid(colon + 1);
    if (piece.value.isEmpty() && at < text.size() && isQuote(text[at]))
        piece.value = takeQuoted(text, at);
    return piece;
}

/// The first moment of a year, month or day: "2026", "2026-03", "2026-03-01".
Time startOf(const QString &text, const QTimeZone &zone)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    const auto number = [&match](int group) { return match.hasCaptured(group) ? match.captured(group).toInt() : 1; };
    const QDate date(number(1), number(2), number(3));
    return date.isValid() ? timeFrom(date.startOfDay(zone)) : Time();
}

bool applyIs(SearchQuery &query, const QString &value)
{
    if (value == QLatin1StringView("mine"))
        query.isMine = true;
    else if (value == QLatin1StringView("unassigned"))
        query.isUnassigned = true;
    else if (value == QLatin1StringView("private"))
        query.isPrivate = true;
    else if (value == QLatin1StringView("trouble"))
        query.hasTrouble = true;
    else if (value == QLatin1StringView("draft"))
        query.isDrafted = true;
    else if (value == QLatin1StringView("unseen"))
        query.isUnseen = true;
    else if (value == QLatin1StringView("note") || value == QLatin1StringView("reply"))
        query.kind = fromWord<MessageKind>(value);
    else if (const auto status = fromWord<Status>(value))
        query.status = status;
    else
        return false;
    return true;
}

bool applyTime(Time &target, const QString &value, const QTimeZone &zone)
{
    target = startOf(value, zone);
    return isKnown(target);
}

/// Whether a value that is not understood may become one when it is typed on.
bool isBegun(const Piece &piece)
{
    static const QRegularExpression time(QStringLiteral("^\\d{0,4}$|^\\d{4}-\\d{0,2}$|^\\d{4}-\\d{1,2}-\\d?$"));
    const QStringList words = searchWords(piece.name);
    if (words.isEmpty())
        return time.match(piece.value).hasMatch();
    return std::any_of(words.cbegin(), words.cend(),
                       [&piece](const QString &word) { return word.startsWith(piece.value, Qt::CaseInsensitive); });
}

/// @param mayGoOn the value is still being typed
void applyOperator(SearchQuery &query, const Piece &piece, const QTimeZone &zone, bool mayGoOn)
{
    // An operator without its value is still being typed: neither a filter nor a mistake.
    if (piece.value.isEmpty())
        return;
    bool isUnderstood = true;
    if (piece.name == QLatin1StringView("from"))
        query.from = piece.value;
    else if (piece.name == QLatin1StringView("tag"))
        query.tag = piece.value;
    else if (piece.name == QLatin1StringView("channel"))
        query.channel = piece.value;
    else if (piece.name == QLatin1StringView("is"))
        isUnderstood = applyIs(query, piece.value.toLower());
    else if (piece.name == QLatin1StringView("priority"))
        isUnderstood = (query.priority = fromWord<Priority>(piece.value.toLower())).has_value();
    else if (piece.name == QLatin1StringView("before"))
        isUnderstood = applyTime(query.before, piece.value, zone);
    else
        isUnderstood = applyTime(query.after, piece.value, zone);
    if (!isUnderstood && query.problem.isEmpty() && !(mayGoOn && isBegun(piece)))
        query.problem = piece.name + u':' + piece.value;
}

void applyWords(SearchQuery &query, const Piece &piece)
{
    if (!hasWordCharacter(piece.value))
        return;
    if (piece.isExcluded) {
        query.excluded.append(piece.value);
    } else if (piece.isQuoted) {
        const QStringList words = piece.value.simplified().split(u' ');
        query.phrases.append(words);
    } else {
        query.words.append(piece.value);
        query.isPrefix.append(false);
    }
}

} // namespace

bool SearchQuery::isEmpty() const
{
    SearchQuery nothing;
    nothing.problem = problem;
    return *this == nothing;
}

QString SearchQuery::problemOperator() const
{
    return problem.left(problem.indexOf(u':'));
}

QString SearchQuery::problemInEnglish() const
{
    if (problem.isEmpty())
        return {};
    const QString taken = searchWords(problemOperator()).join(QStringLiteral(", "));
    const QString times = QStringLiteral("a day, a month or a year: 2026-03-01, 2026-03, 2026");
    return QStringLiteral("\"%1\" is not understood: %2: takes %3")
        .arg(problem, problemOperator(), taken.isEmpty() ? times : taken);
}

QStringList searchWords(const QString &operatorName)
{
    QStringList words;
    if (operatorName == QLatin1StringView("priority")) {
        for (const Priority priority : {Priority::low, Priority::normal, Priority::high, Priority::urgent})
            words.append(word(priority));
    } else if (operatorName == QLatin1StringView("is")) {
        for (const Status status : {Status::open, Status::pending, Status::snoozed, Status::resolved})
            words.append(word(status));
        for (const char *state : {"mine", "unassigned", "unseen", "draft", "note", "reply", "private", "trouble"})
            words.append(QString::fromLatin1(state));
    }
    return words;
}

SearchQuery parseSearch(const QString &text, bool isTyping, const QTimeZone &zone)
{
    SearchQuery query;
    bool endsInWord = false;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text[at].isSpace()) {
            ++at;
            endsInWord = false;
            continue;
        }
        const qsizetype wordsBefore = query.words.size();
        const Piece piece = takePiece(text, at);
        if (piece.name.isEmpty())
            applyWords(query, piece);
        else
            applyOperator(query, piece, zone, isTyping && at >= text.size());
        endsInWord = query.words.size() > wordsBefore;
    }
    if (isTyping && endsInWord)
        query.isPrefix.last() = true;
    return query;
}

} // namespace Earshot
