// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/actionids.h"

#include <QJsonArray>
#include <QSet>

namespace Earshot {

namespace {

using Replace = std::function<QJsonValue(const QString &, const QJsonValue &)>;

bool isIdMember(const QString &member)
{
    static const QSet<QString> members{
        QStringLiteral("conversation"), QStringLiteral("duplicateOf"), QStringLiteral("message"),
        QStringLiteral("target"),       QStringLiteral("delivery"),    QStringLiteral("contact"),
        QStringLiteral("from"),         QStringLiteral("into"),        QStringLiteral("agent"),
        QStringLiteral("channel"),      QStringLiteral("channels"),    QStringLiteral("team"),
        QStringLiteral("savedReply"),   QStringLiteral("macro"),       QStringLiteral("view"),
        QStringLiteral("before"),       QStringLiteral("notice"),      QStringLiteral("tag"),
        QStringLiteral("tags"),         QStringLiteral("withoutTags")};
    return members.contains(member);
}

/// A tag's name is a text, an id is a number.
QJsonValue replaced(const QString &member, const QJsonValue &value, const Replace &replace)
{
    if (value.isDouble())
        return isIdMember(member) ? replace(member, value) : value;
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue &one : value.toArray()) {
            if (const QJsonValue found = replaced(member, one, replace); !found.isNull())
                list.append(found);
        }
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto inner = object.begin(); inner != object.end(); ++inner)
        inner.value() = replaced(inner.key(), inner.value(), replace);
    return object;
}

} // namespace

void eachId(QJsonObject &action, const Replace &replace)
{
    const QString name = QStringLiteral("arguments");
    action.insert(name, replaced(name, action.value(name), replace));
}

} // namespace Earshot
