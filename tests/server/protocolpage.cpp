// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/protocolpage.h"

#include "model/remote.h"
#include "model/words.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>

namespace Earshot {

namespace {

const QString anything = QStringLiteral("...");

QString firstWordAfter(const QString &command, const QString &verb)
{
    const QRegularExpression form(QStringLiteral("(?:^|[( ])%1 ([A-Za-z/]+)").arg(verb));
    return form.match(command).captured(1);
}

/// Whether the command goes on in the next line.
bool isOpen(const QString &command)
{
    return command.count(u'\'') % 2 != 0 || command.endsWith(u'\\');
}

void readBlock(ProtocolPage &page, const QString &block)
{
    if (page.prelude.isEmpty()) {
        page.prelude = block;
        return;
    }
    bool isWhole = true;
    for (const QString &line : block.split(u'\n', Qt::SkipEmptyParts)) {
        if (!isWhole) {
            page.examples.last().command += u'\n' + line;
        } else if (line.startsWith(QLatin1StringView("# "))) {
            QString &promised = page.examples.last().promised;
            promised += (promised.isEmpty() ? QString() : QStringLiteral("\n")) + line.mid(2);
            continue;
        } else {
            page.examples.append({line, {}, {}});
        }
        isWhole = !isOpen(page.examples.last().command);
    }
}

QList<PageMessage> readDialogue(const QString &block)
{
    static const QRegularExpression beginning(QStringLiteral("^(?:([A-Z][a-z]+) )?([<>]) (.*)$"));
    QList<PageMessage> messages;
    for (const QString &line : block.split(u'\n', Qt::SkipEmptyParts)) {
        if (const auto match = beginning.match(line); match.hasMatch())
            messages.append({match.captured(1), match.captured(2) == u'>', match.captured(3)});
        else if (!messages.isEmpty())
            messages.last().text += u'\n' + line;
    }
    return messages;
}

QStringList namesIn(const QString &cell)
{
    static const QRegularExpression form(QStringLiteral("`([A-Za-z]+)`"));
    QStringList names;
    for (auto match = form.globalMatch(cell); match.hasNext();)
        names.append(match.next().captured(1));
    return names;
}

void readTypes(ProtocolPage &page)
{
    bool isUnderType = false;
    for (const QString &line : page.text.split(u'\n')) {
        if (line.startsWith(u'#') && !line.startsWith(QLatin1StringView("# {"))) {
            isUnderType = line.startsWith(QLatin1StringView("### "));
            if (isUnderType)
                page.types.append({line.mid(4).split(QStringLiteral(", ")), {}});
        } else if (isUnderType && line.startsWith(QLatin1StringView("| `"))) {
            page.types.last().properties.append(
                {namesIn(line.section(u'|', 1, 1)), line.section(u'|', 2, 2).trimmed()});
        }
    }
}

template <class Enum>
QString wordsCell()
{
    QStringList all;
    for (const QString &word : words<Enum>())
        all.append(u'`' + word + u'`');
    return all.join(QLatin1StringView(", "));
}

} // namespace

QString formCell(WireForm form)
{
    switch (form) {
    case WireForm::text:
        return QStringLiteral("text");
    case WireForm::number:
        return QStringLiteral("number");
    case WireForm::flag:
        return QStringLiteral("flag");
    case WireForm::reference:
        return QStringLiteral("id");
    case WireForm::time:
        return QStringLiteral("time");
    case WireForm::lines:
        return QStringLiteral("texts");
    case WireForm::network:
        return wordsCell<Network>();
    case WireForm::purpose:
        return wordsCell<Purpose>();
    case WireForm::role:
        return wordsCell<Role>();
    case WireForm::status:
        return wordsCell<Status>();
    case WireForm::reason:
        return wordsCell<Reason>();
    case WireForm::priority:
        return wordsCell<Priority>();
    case WireForm::messageKind:
        return wordsCell<MessageKind>();
    case WireForm::visibility:
        return wordsCell<Visibility>();
    case WireForm::presence:
        return wordsCell<Presence>();
    case WireForm::moderation:
        return wordsCell<Moderation>();
    case WireForm::effect:
        return wordsCell<Effect>();
    case WireForm::deliveryState:
        return wordsCell<DeliveryState>();
    case WireForm::health:
        return wordsCell<Health>();
    case WireForm::countRule:
        return wordsCell<CountRule>();
    }
    return {};
}

QString PageExample::calledMethod() const
{
    return firstWordAfter(command, QStringLiteral("call"));
}

QString PageExample::performedKind() const
{
    return firstWordAfter(command, QStringLiteral("act"));
}

bool PageExample::isAssignment() const
{
    static const QRegularExpression form(QStringLiteral("^[A-Z]+=|^head "));
    return form.match(command).hasMatch();
}

ProtocolPage readPage(const QString &path)
{
    ProtocolPage page;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        page.text = QString::fromUtf8(file.readAll());
    static const QRegularExpression form(QStringLiteral("```(sh|ws)\\n(.*?)```"),
                                         QRegularExpression::DotMatchesEverythingOption);
    for (auto match = form.globalMatch(page.text); match.hasNext();) {
        const QRegularExpressionMatch block = match.next();
        if (block.captured(1) == QLatin1StringView("sh"))
            readBlock(page, block.captured(2));
        else
            page.dialogues.append(readDialogue(block.captured(2)));
    }
    readTypes(page);
    return page;
}

QString runExamples(ProtocolPage &page, const QString &setUp, const QString &folder)
{
    constexpr int longestMs = 120'000;
    const QString mark = QStringLiteral("@@ next example @@");
    QString script = setUp + page.prelude;
    for (const PageExample &example : std::as_const(page.examples))
        script += QStringLiteral("echo; echo '%1'\n").arg(mark) + example.command + u'\n';
    QFile file(folder + QStringLiteral("/examples.sh"));
    if (!file.open(QIODevice::WriteOnly) || file.write(script.toUtf8()) < 0)
        return file.errorString();
    file.close();
    QProcess shell;
    shell.setWorkingDirectory(folder);
    QSignalSpy finished(&shell, &QProcess::finished);
    shell.start(QStringLiteral("/bin/sh"), {file.fileName()});
    if (finished.isEmpty() && !finished.wait(longestMs))
        return QStringLiteral("the shell does not end");
    const QStringList outputs = QString::fromUtf8(shell.readAllStandardOutput()).split(QString(u'\n' + mark + u'\n'));
    if (outputs.size() != page.examples.size() + 1)
        return QString::fromUtf8(shell.readAllStandardError());
    for (qsizetype i = 0; i < page.examples.size(); ++i)
        page.examples[i].output = outputs[i + 1].trimmed();
    return QString::fromUtf8(shell.readAllStandardError());
}

QJsonValue shownPart(const QJsonValue &response, bool isAct)
{
    const QJsonArray methods = response.toObject().value(QLatin1StringView("methodResponses")).toArray();
    if (methods.isEmpty())
        return response;
    QJsonArray arguments;
    for (const QJsonValue &method : methods)
        arguments.append(method.toArray().at(1));
    if (isAct)
        return arguments.first().toObject().value(QLatin1StringView("outcomes")).toArray().first();
    return arguments.size() == 1 ? QJsonValue(arguments.first()) : QJsonValue(arguments);
}

QJsonValue valueOfJson(const QString &text)
{
    // Qt's documents are objects and lists only.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text.toUtf8() + ']', &error);
    const bool isOne = error.error == QJsonParseError::NoError && document.array().size() == 1;
    return isOne ? document.array().first() : QJsonValue(QJsonValue::Undefined);
}

bool fits(const QString &promised, const QString &actual)
{
    QStringList parts = promised.split(anything);
    for (QString &part : parts)
        part = QRegularExpression::escape(part);
    const QRegularExpression form(QRegularExpression::anchoredPattern(parts.join(QLatin1StringView(".*"))),
                                  QRegularExpression::DotMatchesEverythingOption);
    return form.match(actual).hasMatch();
}

namespace {

QString differenceOfObjects(const QJsonObject &promised, const QJsonObject &actual, const QString &path)
{
    for (auto member = promised.begin(); member != promised.end(); ++member) {
        const QString here = path + u'/' + member.key();
        if (!actual.contains(member.key()))
            return here + QStringLiteral(" is missing");
        const QString inner = difference(*member, actual.value(member.key()), here);
        if (!inner.isEmpty())
            return inner;
    }
    return {};
}

QString differenceOfLists(QJsonArray promised, const QJsonArray &actual, const QString &path)
{
    const bool mayGoOn = !promised.isEmpty() && promised.last() == anything;
    if (mayGoOn)
        promised.removeLast();
    if (actual.size() < promised.size() || (!mayGoOn && actual.size() > promised.size()))
        return path + QStringLiteral(" has %1 items").arg(actual.size());
    for (qsizetype i = 0; i < promised.size(); ++i) {
        const QString inner = difference(promised[i], actual[i], path + u'/' + QString::number(i));
        if (!inner.isEmpty())
            return inner;
    }
    return {};
}

} // namespace

QString difference(const QJsonValue &promised, const QJsonValue &actual, const QString &path)
{
    const bool isThere = !actual.isNull() && !actual.isUndefined();
    if (promised == anything && isThere)
        return {};
    if (promised.isObject() && actual.isObject())
        return differenceOfObjects(promised.toObject(), actual.toObject(), path);
    if (promised.isArray() && actual.isArray())
        return differenceOfLists(promised.toArray(), actual.toArray(), path);
    if (promised.isString() && actual.isString() && fits(promised.toString(), actual.toString()))
        return {};
    if (promised.type() == actual.type() && promised == actual)
        return {};
    return path + QStringLiteral(" is ") + QString::fromUtf8(QJsonDocument(QJsonArray{actual}).toJson());
}

} // namespace Earshot
