from django import template

from studyapp.people.devices import device

register = template.Library()
register.filter(device)
