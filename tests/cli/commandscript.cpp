// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/commandscript.h"

#include "cli/commandgroups.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

QJsonValue step(const QJsonValue &from, const QString &name)
{
    const QJsonArray list = from.toArray();
    if (name == QLatin1StringView("size"))
        return QJsonValue(from.isArray() ? list.size() : qsizetype(-1));
    if (name == QLatin1StringView("last"))
        return list.isEmpty() ? QJsonValue() : list.last();
    if (const qsizetype equals = name.indexOf(QLatin1Char('=')); equals > 0) {
        for (const QJsonValue &one : list) {
            if (one.toObject().value(name.left(equals)).toVariant().toString() == name.mid(equals + 1))
                return one;
        }
        return QJsonValue(QJsonValue::Undefined);
    }
    return from.isArray() ? list.at(name.toInt()) : from.toObject().value(name);
}

QString textAt(const ControlAnswer &answer, const QString &path)
{
    const QJsonDocument document = QJsonDocument::fromJson(answer.out);
    QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const QStringList steps = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString &name : steps)
        value = step(value, name);
    if (value.isUndefined())
        return QStringLiteral("(nothing)");
    return value.isNull() ? QStringLiteral("null") : value.toVariant().toString();
}

bool fits(const QString &said, const QString &wanted)
{
    return wanted.endsWith(QLatin1Char('*')) ? said.startsWith(wanted.chopped(1)) : said == wanted;
}

} // namespace

QString CommandScript::filled(const char *text) const
{
    QString all = QString::fromUtf8(text);
    for (auto it = m_kept.cbegin(); it != m_kept.cend(); ++it)
        all.replace(QLatin1Char('{') + it.key() + QLatin1Char('}'), it.value());
    return all;
}

QStringList CommandScript::wordsOf(const QString &line) const
{
    QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto taken = [&words](const char *option) {
        const qsizetype at = words.indexOf(QLatin1StringView(option));
        if (at < 0 || at + 1 == words.size())
            return QString();
        const QString value = words[at + 1];
        words.remove(at, 2);
        return value;
    };
    const Result<Invocation> invocation = parseInvocation(words, allCommands());
    if (!isServed())
        return words;
    const QString file = taken("--workspace");
    if (invocation && invocation->command && invocation->command->needsFile)
        return QStringList{QStringLiteral("--workspace"), file.isEmpty() ? m_servers->file() : file} + words;
    return m_servers->optionsFor(file, taken("--agent")) + words;
}

QByteArray CommandScript::run(const QList<ScriptRow> &rows)
{
    const ScriptRow::Place elsewhere = isServed() ? ScriptRow::Place::file : ScriptRow::Place::server;
    for (const ScriptRow &row : rows) {
        if (row.place == elsewhere)
            continue;
        const QStringList words = wordsOf(filled(row.line));
        const ControlAnswer answer = m_program.run(words + QStringList{QStringLiteral("--json")}, row.input);
        const QString complaint = complaintOf(row, answer);
        if (!complaint.isEmpty()) {
            return QStringLiteral("earshotctl %1\n%2\nexit code %3\n%4%5")
                .arg(words.join(QLatin1Char(' ')), complaint, QString::number(answer.exitCode),
                     QString::fromUtf8(answer.out), QString::fromUtf8(answer.err))
                .toUtf8();
        }
        noteSeen(words);
    }
    return {};
}

QString CommandScript::complaintOf(const ScriptRow &row, const ControlAnswer &answer)
{
    bool isRefused = false;
    for (const auto &[where, what] : row.says) {
        isRefused = isRefused || qstrcmp(where, "error") == 0;
        const QString said = isRefused ? answer.errorKind() : textAt(answer, filled(where));
        if (*what == '=')
            keep(QString::fromLatin1(what + 1), said);
        else if (!fits(said, filled(what)))
            return QStringLiteral("%1 is \"%2\", not \"%3\"").arg(filled(where), said, filled(what));
    }
    if (row.says.isEmpty())
        return QStringLiteral("the row looks at nothing");
    return isRefused == (answer.exitCode != 0) ? QString() : QStringLiteral("it ended otherwise");
}

void CommandScript::noteSeen(const QStringList &words)
{
    const Result<Invocation> invocation = parseInvocation(words, allCommands());
    if (!invocation || invocation->command == nullptr || (isServed() && !invocation->hasGlobal("server")))
        return;
    const QString command = QString::fromLatin1(invocation->command->name);
    m_seen.insert(command);
    m_seen.insert(QStringLiteral("--json"));
    for (const QString &word : words) {
        if (!word.startsWith(QLatin1StringView("--")))
            continue;
        m_seen.insert(word);
        m_seen.insert(command + QLatin1Char(' ') + word);
    }
}

} // namespace Earshot
