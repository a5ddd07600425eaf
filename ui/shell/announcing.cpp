// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/announcing.h"

#include <QAccessibleObject>
#include <QPointer>
#include <QWidget>

namespace Earshot {

namespace {

/// How many sentences a window can have been told of before the first of them was asked for: a screen reader hears that
/// one appeared, and only then asks what it says.
constexpr qsizetype kept = 8;

/// A sentence that was said in a window. Is its child.
class Announcement final : public QObject
{
public:
    using QObject::QObject;

    QPointer<QWidget> speaker;
    QString sentence;
};

class AnnouncementAccessible final : public QAccessibleObject
{
public:
    using QAccessibleObject::QAccessibleObject;

    QAccessible::Role role() const override { return QAccessible::Notification; }
    QAccessible::State state() const override { return {}; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(object()->parent()); }
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QRect rect() const override
    {
        const QWidget *speaker = about().speaker;
        return speaker ? QRect(speaker->mapToGlobal(QPoint()), speaker->size()) : QRect();
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name ? about().sentence : QString();
    }

private:
    [[nodiscard]] const Announcement &about() const { return static_cast<const Announcement &>(*object()); }
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    return dynamic_cast<Announcement *>(object) ? new AnnouncementAccessible(object) : nullptr;
}

/// The one that was said longest ago, or a new one.
Announcement &nextOf(QWidget &window)
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(isInstalled)
    QList<Announcement *> known;
    for (QObject *child : window.children()) {
        if (auto *one = dynamic_cast<Announcement *>(child))
            known.append(one);
    }
    if (known.size() < kept)
        return *new Announcement(&window);
    // Children are in the order in which they came.
    known.constFirst()->setParent(nullptr);
    known.constFirst()->setParent(&window);
    return *known.constFirst();
}

} // namespace

void announce(QWidget *speaker, const QString &sentence)
{
    if (sentence.isEmpty() || !QAccessible::isActive())
        return;
    Announcement &said = nextOf(*speaker->window());
    said.speaker = speaker;
    said.sentence = sentence;
    QAccessibleEvent appeared(&said, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&appeared);
}

} // namespace Earshot
